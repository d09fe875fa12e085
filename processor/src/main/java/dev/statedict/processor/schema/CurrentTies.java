package dev.statedict.processor.schema;

import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Tie;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The tensors that a class, with its superclasses, declares to be one: groups of keys, whichever key names which. */
final class CurrentTies {
    private final List<Set<String>> groups = new ArrayList<>();

    CurrentTies(ModuleModel module) {
        Stream.concat(module.inheritance().members().stream(), module.members().stream())
                .forEach(this::add);
    }

    private void add(Member member) {
        Tie tie = member.tie();
        if (tie == null) {
            return;
        }
        Set<String> merged = new HashSet<>();
        merged.add(member.tiedKey(tie));
        merged.add(tie.target());
        List<Set<String>> touched = groups.stream()
                .filter(group -> !Collections.disjoint(group, merged))
                .toList();
        groups.removeAll(touched);
        touched.forEach(merged::addAll);
        groups.add(merged);
    }

    boolean areTied(String key, String other) {
        return key.equals(other) || groups.stream().anyMatch(group -> group.contains(key) && group.contains(other));
    }
}
