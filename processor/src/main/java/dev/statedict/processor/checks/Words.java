package dev.statedict.processor.checks;

import dev.statedict.processor.model.Member;

/** Java that messages propose. */
final class Words {
    private Words() {}

    /** The name of a method for a member, for example {@code getWeight}. */
    static String method(String prefix, Member member) {
        String field = member.field();
        return prefix + Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }
}
