package dev.statedict.processor.read;

import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * The classes that are being compiled, as far as they have been shown. What a class of another jar lacks, nobody will
 * generate. Names alone are kept, so it may outlive the round.
 */
public final class SourceClasses {
    private final Set<String> outermost = new HashSet<>();

    /** Takes the classes of a round. */
    public void add(Set<? extends Element> roots) {
        for (Element root : roots) {
            if (root instanceof TypeElement type) {
                outermost.add(type.getQualifiedName().toString());
            }
        }
    }

    boolean contains(TypeElement type) {
        Element outer = type;
        while (outer.getEnclosingElement() instanceof TypeElement around) {
            outer = around;
        }
        return outermost.contains(((TypeElement) outer).getQualifiedName().toString());
    }
}
