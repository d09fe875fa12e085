package dev.statedict.processor.read;

import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.Place;
import java.util.EnumSet;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Reads a field of a module class. */
final class MemberReader {
    private final TypeReader types;

    MemberReader(TypeReader types) {
        this.types = types;
    }

    /** The field as a member; null when it has nothing to do with state. */
    @Nullable
    Member read(VariableElement field) {
        Set<Modifier> modifiers = field.getModifiers();
        AnnotationMirror annotation = declaration(field);
        if (annotation == null && (modifiers.contains(Modifier.STATIC) || modifiers.contains(Modifier.TRANSIENT))) {
            return null;
        }
        MemberType type = types.read(field.asType());
        if (annotation == null && type == MemberType.OTHER) {
            return null;
        }
        String name = field.getSimpleName().toString();
        return new Member(
                name,
                keyOf(annotation, name),
                roleOf(annotation, type),
                type,
                TypeText.of(field.asType()),
                persistent(annotation),
                traits(modifiers),
                Place.of(field),
                new Place(field, annotation, null));
    }

    private static @Nullable AnnotationMirror declaration(VariableElement field) {
        for (AnnotationMirror annotation : field.getAnnotationMirrors()) {
            String name = Annotations.nameOf(annotation);
            if (name.equals(Annotations.PARAMETER) || name.equals(Annotations.BUFFER)) {
                return annotation;
            }
        }
        return null;
    }

    private static String keyOf(@Nullable AnnotationMirror annotation, String field) {
        AnnotationValue value = annotation == null ? null : Annotations.written(annotation, "value");
        return value == null ? field : (String) value.getValue();
    }

    private static MemberRole roleOf(@Nullable AnnotationMirror annotation, MemberType type) {
        if (annotation == null) {
            return type == MemberType.MODULE ? MemberRole.SUBMODULE : MemberRole.UNDECLARED;
        }
        return Annotations.nameOf(annotation).equals(Annotations.PARAMETER) ? MemberRole.PARAMETER : MemberRole.BUFFER;
    }

    private static boolean persistent(@Nullable AnnotationMirror annotation) {
        AnnotationValue value = annotation == null ? null : Annotations.written(annotation, "persistent");
        return value == null || !value.getValue().equals(false);
    }

    private static Set<FieldTrait> traits(Set<Modifier> modifiers) {
        Set<FieldTrait> traits = EnumSet.noneOf(FieldTrait.class);
        if (modifiers.contains(Modifier.STATIC)) {
            traits.add(FieldTrait.STATIC);
        }
        if (modifiers.contains(Modifier.FINAL)) {
            traits.add(FieldTrait.FINAL);
        }
        if (modifiers.contains(Modifier.PRIVATE)) {
            traits.add(FieldTrait.PRIVATE);
        }
        return traits;
    }
}
