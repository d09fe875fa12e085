package dev.statedict.processor.read;

import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.RuntimeNames;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Annotations as they are written in source. */
final class Annotations {
    /** The annotations that make a field state. */
    static final Map<String, MemberRole> ROLES = Map.of(
            RuntimeNames.PARAMETER, MemberRole.PARAMETER,
            RuntimeNames.BUFFER, MemberRole.BUFFER,
            RuntimeNames.SUBMODULE, MemberRole.SUBMODULE,
            RuntimeNames.EXTRA_STATE, MemberRole.EXTRA_STATE);

    private static final String SUPPRESS_WARNINGS = SuppressWarnings.class.getCanonicalName();

    private static final String OURS = RuntimeNames.ALL_ANNOTATIONS.replace("*", "");
    private static final String UNRESOLVED = "<error>";

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

    /**
     * Whether an element bears an annotation that does not exist, or one of ours with a constant that does not: it may be
     * one of a class that another processor generates. Compilers put a text in its place.
     *
     * @see WrittenAnnotations
     */
    static boolean areUnresolved(Element element) {
        return element.getAnnotationMirrors().stream()
                        .anyMatch(annotation -> annotation.getAnnotationType().getKind() == TypeKind.ERROR)
                || haveUnresolvedValue(element);
    }

    /** Whether one of ours, or one that silences us, has a constant that does not exist. */
    static boolean haveUnresolvedValue(Element element) {
        return element.getAnnotationMirrors().stream().anyMatch(Annotations::hasUnresolvedValue);
    }

    private static boolean hasUnresolvedValue(AnnotationMirror annotation) {
        String name = nameOf(annotation);
        return (name.startsWith(OURS) || name.equals(SUPPRESS_WARNINGS))
                && annotation.getElementValues().values().stream().anyMatch(Annotations::isUnresolved);
    }

    private static boolean isUnresolved(AnnotationValue value) {
        return value.getValue() instanceof List<?> values
                ? values.stream().map(AnnotationValue.class::cast).anyMatch(Annotations::isUnresolved)
                : UNRESOLVED.equals(value.getValue());
    }

    /** The text that is written; a value that does not compile has its own error. */
    static String text(AnnotationValue value) {
        return String.valueOf(value.getValue());
    }

    /** The values that are written for an element that is an array; empty when none are. */
    static List<AnnotationValue> writtenAll(AnnotationMirror annotation, String element) {
        AnnotationValue value = written(annotation, element);
        if (value == null || !(value.getValue() instanceof List<?> values)) {
            return List.of();
        }
        return values.stream().map(AnnotationValue.class::cast).toList();
    }

    /** The number that is written for an element, or else its default. */
    static int number(@Nullable AnnotationValue written, int otherwise) {
        // a value that does not compile is no number: the compiler reports it
        return written != null && written.getValue() instanceof Integer number ? number : otherwise;
    }

    /** Whether {@code @SuppressWarnings("statedict")} stands on the element. */
    static boolean suppressStatedict(Element element) {
        AnnotationMirror annotation = find(element, SUPPRESS_WARNINGS);
        AnnotationValue value = annotation == null ? null : written(annotation, "value");
        return value != null
                && value.getValue() instanceof List<?> warnings
                && warnings.stream()
                        .anyMatch(warning ->
                                ((AnnotationValue) warning).getValue().equals("statedict"));
    }
}
