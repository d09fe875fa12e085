package dev.statedict.processor.read;

import dev.statedict.processor.model.Access;
import dev.statedict.processor.model.Field;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.Place;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/** Reads the fields of a class that are state, or look as if they were. What it reads it keeps for the round. */
final class MemberReader {
    private static final String SERIALIZABLE = Serializable.class.getCanonicalName();

    private final Types types;
    private final TypeReader typeReader;
    private final SubmoduleClasses submodules;
    private final OpenTypes openTypes;
    private final Map<TypeElement, List<Member>> read = new HashMap<>();

    MemberReader(Types types, TypeReader typeReader, SubmoduleClasses submodules, OpenTypes openTypes) {
        this.types = types;
        this.typeReader = typeReader;
        this.submodules = submodules;
        this.openTypes = openTypes;
    }

    /** The members that the class itself declares, in source order. */
    List<Member> read(TypeElement type) {
        List<Member> members = read.get(type);
        if (members == null) {
            members = readFields(type, VariableElement::asType);
            read.put(type, members);
        }
        return members;
    }

    /** The members that a class declares, with the types that they have in a subclass, which binds its type variables. */
    List<Member> readAs(DeclaredType type) {
        return readFields((TypeElement) type.asElement(), field -> types.asMemberOf(type, field));
    }

    /** The fields in source order; to Eclipse's compiler, those of a record's components come in another. */
    private static List<VariableElement> fieldsOf(TypeElement type) {
        List<VariableElement> fields = ElementFilter.fieldsIn(type.getEnclosedElements());
        List<Name> components = type.getRecordComponents().stream()
                .map(RecordComponentElement::getSimpleName)
                .toList();
        return components.isEmpty()
                ? fields
                : fields.stream()
                        .sorted(Comparator.comparingInt(field -> components.indexOf(field.getSimpleName())))
                        .toList();
    }

    /** Fields, and methods that are annotated as members, in source order. */
    private static List<Element> declarationsOf(TypeElement type) {
        List<VariableElement> components = type.getRecordComponents().isEmpty() ? List.of() : fieldsOf(type);
        Stream<? extends Element> others = type.getEnclosedElements().stream()
                .filter(element -> element.getKind().isField() && components.isEmpty()
                        || element.getKind() == ElementKind.METHOD && AnnotatedMethods.isMember(element));
        return Stream.concat(components.stream(), others).toList();
    }

    private Member readMethod(String owner, ExecutableElement method, AccessReader access) {
        FieldDeclaration declaration = new FieldDeclaration(method);
        TypeMirror type = method.getReturnType();
        MemberType memberType =
                declaration.traits().contains(FieldTrait.LIST) ? typeReader.readList(type) : typeReader.read(type);
        return new Member(
                new Field(
                        owner,
                        AnnotatedMethods.nameOf(method),
                        TypeText.of(type),
                        memberType.isState() ? null : openTypes.ownClass(type),
                        declaration.traits(),
                        access.read(method),
                        Place.of(method)),
                memberType,
                declaration.read(declaration.roles(memberType)),
                submodules.nameOf(type),
                declaration.tie(),
                declaration.shape(),
                declaration.history());
    }

    private List<Member> readFields(TypeElement type, Function<VariableElement, TypeMirror> typeOf) {
        List<Member> members = new ArrayList<>();
        String owner = ClassNames.of(type).display();
        // of an enum, no field is serialized
        boolean serializable = type.getKind() != ElementKind.ENUM && Superclasses.isSubtype(type, SERIALIZABLE);
        AccessReader accessReader = null;
        AnnotatedMethods methods = AnnotatedMethods.of(type);
        for (Element element : declarationsOf(type)) {
            if (element instanceof ExecutableElement method) {
                if (!methods.isOfField(method)) {
                    accessReader = accessReader != null ? accessReader : new AccessReader(type, types, typeReader);
                    members.add(readMethod(owner, method, accessReader));
                }
                continue;
            }
            VariableElement field = (VariableElement) element;
            ExecutableElement shown = AnnotatedMethods.isMember(field) ? null : methods.showing(field);
            if (shown != null && !methods.isOfField(shown)) {
                continue;
            }
            Element annotated = shown == null ? field : shown;
            if (!FieldDeclaration.mayBeState(field, annotated)) {
                continue;
            }
            FieldDeclaration declaration = new FieldDeclaration(field, annotated);
            TypeMirror fieldType = typeOf.apply(field);
            MemberType memberType = declaration.traits().contains(FieldTrait.LIST)
                    ? typeReader.readList(fieldType)
                    : typeReader.read(fieldType);
            List<MemberRole> roles = declaration.roles(memberType);
            boolean hides = mayHide(declaration, memberType)
                    && openTypes.hasAbstractArgument(fieldType)
                    && !isSuppressed(field, type);
            if (hides && roles.isEmpty()) {
                roles = List.of(MemberRole.UNDECLARED);
            }
            if (roles.isEmpty()) {
                continue;
            }
            accessReader = accessReader != null ? accessReader : new AccessReader(type, types, typeReader);
            Access access = accessReader.read(field, memberType);
            Set<FieldTrait> traits = EnumSet.copyOf(declaration.traits());
            if (serializable) {
                traits.add(FieldTrait.SERIALIZABLE);
            }
            if (memberType == MemberType.OPEN && openTypes.isAbstract(fieldType)) {
                traits.add(FieldTrait.ABSTRACT_TYPE);
            }
            if (memberType == MemberType.OPEN && openTypes.isSingleClass(fieldType)) {
                traits.add(FieldTrait.SINGLE_CLASS);
            }
            if (hides) {
                traits.add(FieldTrait.ABSTRACT_ARGUMENT);
            }
            if (!declaration.isAnnotated() && isUnasked(memberType, traits, access)) {
                if (!hides && !traits.contains(FieldTrait.ABSTRACT_TYPE) || isSuppressed(field, type)) {
                    continue;
                }
                roles = List.of(MemberRole.UNDECLARED);
            }
            members.add(new Member(
                    new Field(
                            owner,
                            field.getSimpleName().toString(),
                            TypeText.of(fieldType),
                            memberType.isState() ? null : openTypes.ownClass(fieldType),
                            traits,
                            access,
                            Place.of(field)),
                    memberType,
                    declaration.read(roles),
                    submodules.nameOf(fieldType),
                    declaration.tie(),
                    declaration.shape(),
                    declaration.history()));
        }
        return members;
    }

    /** Whether a field that is no state itself may have a module in what it holds. */
    private static boolean mayHide(FieldDeclaration declaration, MemberType type) {
        return (type == MemberType.OPEN || type == MemberType.OTHER)
                && !declaration.isAnnotated()
                && declaration.tie() == null;
    }

    /** Whether a field would be asked what it holds, and cannot be. */
    private static boolean isUnasked(MemberType type, Set<FieldTrait> traits, Access access) {
        return type == MemberType.OPEN && traits.contains(FieldTrait.PRIVATE) && access.accessor() == null;
    }

    private static boolean isSuppressed(VariableElement field, TypeElement type) {
        return Annotations.suppressStatedict(field) || Annotations.suppressStatedict(type);
    }
}
