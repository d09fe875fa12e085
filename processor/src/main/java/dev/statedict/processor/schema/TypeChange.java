package dev.statedict.processor.schema;

import dev.statedict.schema.MemberKind;
import dev.statedict.schema.MemberSchema;
import dev.statedict.schema.NumberTypes;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Tells which changes of a member's type keep the dicts of the locked class loadable. */
final class TypeChange {
    /** For each element type, the types that hold all of its values. */
    private static final Map<String, Set<String>> WIDER = Map.of(
            "boolean", Set.of("int", "long", "float", "double"),
            "int", Set.of("long", "double"),
            "long", Set.of(),
            "float", Set.of("double"),
            "double", Set.of());

    private TypeChange() {}

    static boolean breaks(MemberSchema locked, MemberSchema now) {
        if (locked.container() != now.container()) {
            return true;
        }
        return switch (now.kind()) {
            case PARAMETER, BUFFER ->
                now.container()
                        ? !ContainerForm.isSame(locked.type(), now.type())
                        : losesDimensions(locked, now) || narrows(locked, now);
            case COUNTER -> narrows(locked, now);
            case EXTRA_STATE -> !locked.type().equals(now.type());
            case SUBMODULE -> changesModule(locked, now);
        };
    }

    /** A Tensor has any number of dimensions, an array and a number have those of their type. */
    private static boolean losesDimensions(MemberSchema locked, MemberSchema now) {
        Integer dimensions = NumberTypes.dimensions(now.type());
        Integer before = NumberTypes.dimensions(locked.type());
        if (before == null && locked.shape() != null) {
            before = locked.shape().size();
        }
        return dimensions != null && !dimensions.equals(before);
    }

    /** Whether a value of the locked type may be none of the type now; of a Tensor's elements no type tells. */
    private static boolean narrows(MemberSchema locked, MemberSchema now) {
        String before = NumberTypes.element(locked.type());
        String after = NumberTypes.element(now.type());
        return before != null
                && after != null
                && !before.equals(after)
                && !WIDER.getOrDefault(before, Set.of()).contains(after);
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
