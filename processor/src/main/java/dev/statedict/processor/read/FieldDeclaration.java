package dev.statedict.processor.read;

import dev.statedict.processor.model.Declaration;
import dev.statedict.processor.model.DeclaredShape;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.FormerKey;
import dev.statedict.processor.model.MemberHistory;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.RuntimeNames;
import dev.statedict.processor.model.Tie;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** What the annotations and modifiers of a field say, or of a method in its place. */
final class FieldDeclaration {
    // what bears the annotations, which may be the accessor of the field that bears the name
    private final Element field;
    private final String name;
    private final List<MemberRole> roles = new ArrayList<>(1);
    private final Set<FieldTrait> traits = EnumSet.noneOf(FieldTrait.class);
    // the first annotation that gives a role
    private @Nullable AnnotationMirror annotation;
    private @Nullable AnnotationMirror tie;

    FieldDeclaration(VariableElement field) {
        this(field, field);
    }

    /** A field that is annotated at its accessor. */
    FieldDeclaration(VariableElement field, Element annotated) {
        this(annotated, field, field.asType(), field.getSimpleName().toString());
        Element owner = field.getEnclosingElement();
        if (owner != null && owner.getKind() == ElementKind.RECORD && !traits.contains(FieldTrait.STATIC)) {
            traits.add(FieldTrait.RECORD_COMPONENT);
        }
    }

    /** A method that is a member itself. */
    FieldDeclaration(ExecutableElement method) {
        this(method, method, method.getReturnType(), AnnotatedMethods.nameOf(method));
        traits.remove(FieldTrait.FINAL);
        traits.add(FieldTrait.METHOD);
        if (method.getModifiers().contains(Modifier.ABSTRACT)) {
            traits.add(FieldTrait.ABSTRACT);
        }
        if (!method.getTypeParameters().isEmpty()) {
            traits.add(FieldTrait.GENERIC);
        }
        if (!method.getParameters().isEmpty()) {
            traits.add(FieldTrait.TAKES_ARGUMENTS);
        }
        if (AccessReader.checkedException(method) != null) {
            traits.add(FieldTrait.THROWS_CHECKED);
        }
    }

    private FieldDeclaration(Element annotated, Element declared, TypeMirror type, String name) {
        this.field = annotated;
        this.name = name;
        for (AnnotationMirror each : annotated.getAnnotationMirrors()) {
            String annotationName = Annotations.nameOf(each);
            MemberRole role = Annotations.ROLES.get(annotationName);
            if (role != null) {
                roles.add(role);
                annotation = annotation == null ? each : annotation;
            } else if (annotationName.equals(RuntimeNames.TIED_TO)) {
                tie = each;
            } else if (annotationName.equals(RuntimeNames.TRANSIENT)) {
                traits.add(FieldTrait.TRANSIENT);
            }
        }
        if (isNullable(annotated) || isNullable(type)) {
            traits.add(FieldTrait.NULLABLE);
        }
        Set<Modifier> modifiers = new HashSet<>(declared.getModifiers());
        if (declared instanceof VariableElement variable) {
            modifiers.addAll(LombokModifiers.of(variable));
        }
        for (Modifier modifier : modifiers) {
            switch (modifier) {
                case STATIC -> traits.add(FieldTrait.STATIC);
                case FINAL -> traits.add(FieldTrait.FINAL);
                case PRIVATE -> traits.add(FieldTrait.PRIVATE);
                case TRANSIENT -> traits.add(FieldTrait.TRANSIENT);
                default -> {}
            }
        }
        AnnotationValue list = written("list");
        if (list != null && list.getValue().equals(true)) {
            traits.add(FieldTrait.LIST);
        }
    }

    /** Whether some {@code @Nullable} stands there: projects differ in whose. */
    private static boolean isNullable(AnnotatedConstruct annotated) {
        return annotated.getAnnotationMirrors().stream()
                .anyMatch(annotation -> annotation
                        .getAnnotationType()
                        .asElement()
                        .getSimpleName()
                        .contentEquals("Nullable"));
    }

    /** Whether an annotation gives it a role. */
    boolean isAnnotated() {
        return annotation != null;
    }

    /**
     * Whether nothing keeps a field from being state: then its type decides. A tie on what is none is a mistake to tell. It
     * is asked of every field, and twice, so it looks at nothing else: with the whole of a declaration read for each answer,
     * the processor took a tenth longer.
     *
     * @param annotated the field, or the accessor that bears its annotations
     */
    static boolean mayBeState(VariableElement field, Element annotated) {
        Set<Modifier> modifiers = field.getModifiers();
        boolean kept = modifiers.contains(Modifier.STATIC) || modifiers.contains(Modifier.TRANSIENT);
        for (AnnotationMirror each : annotated.getAnnotationMirrors()) {
            String name = Annotations.nameOf(each);
            if (Annotations.ROLES.containsKey(name) || name.equals(RuntimeNames.TIED_TO)) {
                return true;
            }
            kept |= name.equals(RuntimeNames.TRANSIENT);
        }
        return !kept;
    }

    /** Whether an annotation gives a field a role. */
    static boolean hasRole(VariableElement field) {
        for (AnnotationMirror each : field.getAnnotationMirrors()) {
            if (Annotations.ROLES.containsKey(Annotations.nameOf(each))) {
                return true;
            }
        }
        return false;
    }

    /** What the annotations, or else the type, make of the field; empty when it has nothing to do with state. */
    List<MemberRole> roles(MemberType type) {
        if (!roles.isEmpty()) {
            return roles;
        }
        if (traits.contains(FieldTrait.STATIC) || traits.contains(FieldTrait.TRANSIENT)) {
            return List.of(MemberRole.UNDECLARED);
        }
        return switch (type) {
            case MODULE, OPTIONAL_MODULE, MODULES, OPEN -> List.of(MemberRole.SUBMODULE);
            case TENSOR, AS_TENSOR, OPTIONAL_TENSOR, TENSORS, UNNAMEABLE_STATE, STATE_ARGUMENT, RAW_CONTAINER ->
                Annotations.suppressStatedict(field) ? List.of() : List.of(MemberRole.UNDECLARED);
            // a tie on what is no state is a mistake to tell
            case ARRAY, OPTIONAL_ARRAY, ARRAYS, PRIMITIVE, TEXT, TEXT_MAP, OTHER ->
                tie == null ? List.of() : List.of(MemberRole.UNDECLARED);
        };
    }

    Set<FieldTrait> traits() {
        return traits;
    }

    /** What the annotations say, in the roles that they or the type give. */
    Declaration read(List<MemberRole> roles) {
        return new Declaration(
                roles,
                key(),
                persistent(),
                new Place(field, annotation, null),
                new Place(field, annotation, written("value")));
    }

    private String key() {
        AnnotationValue value = written("value");
        if (value != null) {
            return Annotations.text(value);
        }
        boolean extraState = !roles.isEmpty() && roles.get(0) == MemberRole.EXTRA_STATE;
        return extraState ? RuntimeNames.EXTRA_STATE_KEY : name;
    }

    private boolean persistent() {
        AnnotationValue value = written("persistent");
        return value == null || !value.getValue().equals(false);
    }

    @Nullable
    Tie tie() {
        AnnotationValue target = tie == null ? null : Annotations.written(tie, "value");
        return target == null ? null : new Tie(Annotations.text(target), new Place(field, tie, target));
    }

    MemberHistory history() {
        List<FormerKey> formerKeys = annotation == null
                ? List.of()
                : Annotations.writtenAll(annotation, "formerly").stream()
                        .map(value -> new FormerKey(Annotations.text(value), new Place(field, annotation, value)))
                        .toList();
        AnnotationValue addedIn = written("addedIn");
        return new MemberHistory(formerKeys, Annotations.number(addedIn, 1), new Place(field, annotation, addedIn));
    }

    /** The declared shape, which without dimensions is that of a 0-d tensor; null where none is written. */
    @Nullable
    DeclaredShape shape() {
        AnnotationValue written = written("shape");
        if (annotation == null || written == null) {
            return null;
        }
        List<String> sizes = Annotations.writtenAll(annotation, "shape").stream()
                .map(Annotations::text)
                .toList();
        return new DeclaredShape(sizes, new Place(field, annotation, written));
    }

    private @Nullable AnnotationValue written(String element) {
        return annotation == null ? null : Annotations.written(annotation, element);
    }
}
