package dev.statedict.sample;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** Whether this machine has any font: a bare JDK on a bare Linux has none, and then Java cannot draw a letter. */
final class Fonts {
    private Fonts() {}

    static boolean areInstalled() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getLineMetrics("0", new FontRenderContext(null, true, true));
            return true;
        } catch (RuntimeException | LinkageError | InternalError e) {
            return false; // which of these it is differs by JDK
        }
    }
}
