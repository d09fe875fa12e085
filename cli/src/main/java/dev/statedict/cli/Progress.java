package dev.statedict.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on standard error, for a person at a terminal who would wait; else nothing. */
final class Progress implements AutoCloseable {
    /** What takes less than half a second. */
    private static final long SHORT = 200_000_000;

    private final Screen screen;
    private final String task;
    private @Nullable ProgressBar bar;

    private Progress(Screen screen, String task) {
        this.screen = screen;
        this.task = task;
    }

    /** A bar that appears once it is known that there is much to do. */
    static Progress of(Screen screen, String task) {
        return new Progress(screen, task);
    }

    /** A bar of so many bytes. */
    static Progress of(Screen screen, String task, long bytes) {
        Progress progress = new Progress(screen, task);
        progress.at(0, bytes);
        return progress;
    }

    void add(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    void at(long bytes, long total) {
        if (bar == null && screen.isTerminal() && total >= SHORT) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setUnit(" MB", 1_000_000)
                    .setStyle(ProgressBarStyle.ASCII)
                    // a width of our own: asking the terminal would take JLine's native library
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, Math.max(30, screen.columns() - 1)))
                    .build();
        }
        if (bar != null) {
            bar.stepTo(bytes);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
