package dev.statedict.processor.read;

import java.util.EnumSet;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * The modifiers that Lombok gives fields by an annotation of their class, which processors are not shown: generated code
 * that trusts the source would not compile.
 */
final class LombokModifiers {
    private static final String VALUE = "lombok.Value";
    private static final String FIELD_DEFAULTS = "lombok.experimental.FieldDefaults";
    private static final String NON_FINAL = "lombok.experimental.NonFinal";
    private static final String PACKAGE_PRIVATE = "lombok.experimental.PackagePrivate";

    private static final Set<Modifier> VISIBILITY = EnumSet.of(Modifier.PRIVATE, Modifier.PROTECTED, Modifier.PUBLIC);

    private LombokModifiers() {}

    /** Those that a field will have beside its own. */
    static Set<Modifier> of(VariableElement field) {
        Set<Modifier> added = EnumSet.noneOf(Modifier.class);
        Element type = field.getEnclosingElement();
        if (type == null || field.getModifiers().contains(Modifier.STATIC)) {
            return added;
        }
        boolean value = Annotations.find(type, VALUE) != null;
        AnnotationMirror defaults = Annotations.find(type, FIELD_DEFAULTS);
        if ((value || isWritten(defaults, "makeFinal", "true")) && Annotations.find(field, NON_FINAL) == null) {
            added.add(Modifier.FINAL);
        }
        if ((value || isWritten(defaults, "level", "PRIVATE"))
                && Annotations.find(field, PACKAGE_PRIVATE) == null
                && field.getModifiers().stream().noneMatch(VISIBILITY::contains)) {
            added.add(Modifier.PRIVATE);
        }
        return added;
    }

    private static boolean isWritten(@Nullable AnnotationMirror annotation, String element, String expected) {
        AnnotationValue value = annotation == null ? null : Annotations.written(annotation, element);
        // an enum constant shows itself by its name
        return value != null && value.getValue().toString().equals(expected);
    }
}
