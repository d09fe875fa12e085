package dev.statedict.processor.model;

import java.util.List;

/**
 * What a member's annotation says of its past.
 *
 * @param formerKeys the keys that it had
 * @param addedIn the version of the class that first had it
 * @param addedInPlace where that is written, or the annotation, or the field
 */
public record MemberHistory(List<FormerKey> formerKeys, int addedIn, Place addedInPlace) {
    public MemberHistory {
        formerKeys = List.copyOf(formerKeys);
    }
}
