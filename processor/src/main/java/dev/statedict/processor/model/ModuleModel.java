package dev.statedict.processor.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A module class, as far as its state matters.
 *
 * @param name its name
 * @param place the class
 * @param declaration how it is declared
 * @param stateInterface the interface to be generated for it
 * @param policies its policies
 * @param inheritance what it has from its superclasses
 * @param members its own fields that are state, or look as if they were, in source order
 * @param tieTargets what its members' ties speak of, in submodules too, by key; without what the types do not tell
 * @param possibleWeights fields that nothing says to be state, though they could be weights, by their names as messages
 *     write them: {@code w} as {@code double[] w}
 * @param history what it says of its past
 * @param contractMethods its own methods that should be generated ones
 */
public record ModuleModel(
        ModuleName name,
        Place place,
        ClassDeclaration declaration,
        StateInterface stateInterface,
        Policies policies,
        Inheritance inheritance,
        List<Member> members,
        Map<String, Member> tieTargets,
        Map<String, String> possibleWeights,
        ModuleHistory history,
        List<ContractMethod> contractMethods) {
    public ModuleModel {
        members = List.copyOf(members);
        tieTargets = Map.copyOf(tieTargets);
        possibleWeights = Collections.unmodifiableMap(new LinkedHashMap<>(possibleWeights));
        contractMethods = List.copyOf(contractMethods);
    }

    /** Whether the class needs an interface of its own; a subclass that adds nothing lives on its superclass's. */
    public boolean addsState() {
        return declaration.kind().canBeModule()
                && (declaration.annotated()
                        || !members.stream().allMatch(Member::isUnasked)
                        || !history.retired().isEmpty());
    }

    /** Whether generated code tells the version: below another class's it does so even when it is 1. */
    public boolean tellsVersion() {
        return addsState() && (history.version() != 1 || inheritance.version() != 1);
    }

    /** The same class with the members alone that are state. */
    public ModuleModel withoutUndeclared() {
        return withMembers(members.stream()
                .filter(member -> member.role() != MemberRole.UNDECLARED)
                .toList());
    }

    /** The same class with fewer members. */
    public ModuleModel withMembers(List<Member> others) {
        return new ModuleModel(
                name,
                place,
                declaration,
                stateInterface,
                policies,
                inheritance,
                others,
                tieTargets,
                possibleWeights,
                history,
                contractMethods);
    }
}
