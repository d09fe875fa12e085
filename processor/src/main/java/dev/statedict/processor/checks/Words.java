package dev.statedict.processor.checks;

import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;

/** Java that messages propose. */
final class Words {
    private Words() {}

    /** A method's name for a member, for example {@code getWeight}. */
    static String method(String prefix, Member member) {
        String field = member.field().name();
        return prefix + Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }

    /** How a field is left out of the state. */
    static String leftOut(Member member) {
        return member.is(FieldTrait.RECORD_COMPONENT) ? "@Transient" : "transient";
    }
}
