package dev.statedict.processor.read;

import dev.statedict.processor.model.Field;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Name;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/** Reads the fields of a class that are state, or look as if they were. What it reads it keeps for the round. */
final class MemberReader {
    private final Types types;
    private final TypeReader typeReader;
    private final SubmoduleClasses submodules;
    private final Map<TypeElement, List<Member>> read = new HashMap<>();

    MemberReader(Types types, TypeReader typeReader, SubmoduleClasses submodules) {
        this.types = types;
        this.typeReader = typeReader;
        this.submodules = submodules;
    }

    /** The members that the class itself declares, in source order. */
    List<Member> read(TypeElement type) {
        List<Member> members = read.get(type);
        if (members == null) {
            members = readFields(type);
            read.put(type, members);
        }
        return members;
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

    private List<Member> readFields(TypeElement type) {
        List<Member> members = new ArrayList<>();
        String owner = ClassNames.of(type).display();
        AccessReader access = null;
        for (VariableElement field : fieldsOf(type)) {
            FieldDeclaration declaration = new FieldDeclaration(field);
            if (!declaration.mayBeState()) {
                continue;
            }
            MemberType memberType = typeReader.read(field.asType());
            List<MemberRole> roles = declaration.roles(memberType);
            if (!roles.isEmpty()) {
                access = access != null ? access : new AccessReader(type, types, typeReader);
                members.add(new Member(
                        new Field(
                                owner,
                                field.getSimpleName().toString(),
                                TypeText.of(field.asType()),
                                declaration.traits(),
                                access.read(field, memberType),
                                Place.of(field)),
                        memberType,
                        declaration.read(roles),
                        submodules.nameOf(field.asType()),
                        declaration.tie(),
                        declaration.shape(),
                        declaration.history()));
            }
        }
        return members;
    }
}
