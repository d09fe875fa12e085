package dev.statedict.processor.schema;

import dev.statedict.schema.MemberKind;
import dev.statedict.schema.MemberSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Tells which changes of a member's type keep the dicts of the locked class loadable. */
final class TypeChange {
    /** For each type of a number, the types that hold all of its values, as far as float32 does. */
    private static final Map<String, Set<String>> WIDER = Map.of(
            "boolean", Set.of("int", "long", "float"),
            "int", Set.of("long", "float"),
            "long", Set.of("float"),
            "float", Set.of());

    private TypeChange() {}

    static boolean breaks(MemberSchema locked, MemberSchema now) {
        if (locked.container() != now.container()) {
            return true;
        }
        return switch (now.kind()) {
            case PARAMETER, BUFFER ->
                now.container() ? !ContainerForm.isSame(locked.type(), now.type()) : losesDimensions(locked, now);
            case COUNTER ->
                !locked.type().equals(now.type())
                        && !WIDER.getOrDefault(locked.type(), Set.of()).contains(now.type());
            case EXTRA_STATE -> !locked.type().equals(now.type());
            case SUBMODULE -> changesModule(locked, now);
        };
    }

    /** A Tensor has any number of dimensions, an array one. */
    private static boolean losesDimensions(MemberSchema locked, MemberSchema now) {
        List<String> shape = locked.shape();
        return now.type().equals("float[]") && !locked.type().equals("float[]") && (shape == null || shape.size() != 1);
    }

    private static boolean changesModule(MemberSchema locked, MemberSchema now) {
        boolean known = locked.module() != null || now.module() != null;
        return known && !Objects.equals(locked.module(), now.module())
                || now.container() && !ContainerForm.isSame(locked.type(), now.type())
                || !known && !ContainerForm.isSame(locked.type(), now.type());
    }

    /** The type as messages tell it. */
    static String text(MemberSchema member) {
        return member.kind() == MemberKind.SUBMODULE && member.module() != null
                ? member.type() + " of " + member.module()
                : member.type();
    }
}
