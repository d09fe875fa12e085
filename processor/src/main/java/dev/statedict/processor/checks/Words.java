package dev.statedict.processor.checks;

import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** Java that messages propose. */
final class Words {
    private Words() {}

    /** A method's name for a member, for example {@code getWeight}. */
    static String method(String prefix, Member member) {
        String field = member.field().name();
        return prefix + Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }

    /** The annotation that says that a field is state; without one of a role, a tie says so. */
    static String annotation(MemberRole role) {
        return role == MemberRole.UNDECLARED ? "@TiedTo" : role.annotation();
    }

    /** Whether a file can hold a key: half a character is none in UTF-8. */
    static boolean isEncodable(String key) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(key);
    }

    /** A key in quotes; half a character as Java writes it. */
    static String quoted(String key) {
        return key.codePoints()
                .mapToObj(c -> Character.getType(c) == Character.SURROGATE
                        ? String.format(Locale.ROOT, "\\u%04x", c)
                        : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    /** How a field is left out of the state. */
    static String leftOut(Member member) {
        // the keyword would leave it out of Java's serialization too
        return member.is(FieldTrait.RECORD_COMPONENT) || member.is(FieldTrait.SERIALIZABLE)
                ? "@Transient"
                : "transient";
    }
}
