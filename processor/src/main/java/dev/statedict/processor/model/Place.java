package dev.statedict.processor.model;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where a message belongs. The model carries places and never looks into them.
 *
 * @param element the declaration
 * @param annotation an annotation on it, where the message is about that
 * @param value a value in the annotation, where the message is about that
 */
public record Place(
        Element element,
        @Nullable AnnotationMirror annotation,
        @Nullable AnnotationValue value) {
    /**
     * The place of a declaration.
     *
     * @param element the declaration
     * @return its place
     */
    public static Place of(Element element) {
        return new Place(element, null, null);
    }
}
