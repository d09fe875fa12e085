package dev.statedict.processor.schema;

import dev.statedict.schema.MemberKind;
import dev.statedict.schema.MemberSchema;

/** What {@code @Retired} says when a member is gone. */
final class RetiredPattern {
    private RetiredPattern() {}

    /** The pattern for a member under a key that it has, or had. */
    static String of(MemberSchema member, String key) {
        boolean nested = member.container() || member.kind() == MemberKind.SUBMODULE;
        return nested ? key + ".*" : key;
    }
}
