package dev.statedict.processor.read;

import dev.statedict.Buffer;
import dev.statedict.Parameter;
import dev.statedict.StateModule;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** The annotations of the runtime, as they are written in source. */
final class Annotations {
    static final String STATE_MODULE = StateModule.class.getCanonicalName();
    static final String PARAMETER = Parameter.class.getCanonicalName();
    static final String BUFFER = Buffer.class.getCanonicalName();

    private Annotations() {}

    static String nameOf(AnnotationMirror annotation) {
        return ((TypeElement) annotation.getAnnotationType().asElement())
                .getQualifiedName()
                .toString();
    }

    /** The annotation that is written on the element itself, inherited ones not counted. */
    static @Nullable AnnotationMirror find(Element element, String name) {
        for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
            if (nameOf(annotation).equals(name)) {
                return annotation;
            }
        }
        return null;
    }

    /** The value that is written for an element, defaults not counted. */
    static @Nullable AnnotationValue written(AnnotationMirror annotation, String element) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                annotation.getElementValues().entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(element)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
