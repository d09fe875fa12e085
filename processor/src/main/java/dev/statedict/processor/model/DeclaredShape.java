package dev.statedict.processor.model;

import java.util.List;

/**
 * The shape that a member's annotation declares.
 *
 * @param sizes a size or a symbol for each dimension
 * @param place where it is written
 */
public record DeclaredShape(List<String> sizes, Place place) {
    public DeclaredShape {
        sizes = List.copyOf(sizes);
    }

    /** As the runtime is told it: {@code out, in}. */
    public String text() {
        return String.join(", ", sizes);
    }
}
