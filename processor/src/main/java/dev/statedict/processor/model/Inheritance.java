package dev.statedict.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a module class has from its superclasses.
 *
 * @param parent the superclass, if it is a module
 * @param parentGenerated whether the superclass's interface exists, or is being generated
 * @param members the members of all superclasses that are modules
 * @param version the version of the superclass's state; 1 where there is no such superclass
 * @param migrates whether a migrate method brings the superclass's state to that version
 * @param retired what all superclasses that are modules have retired
 * @param strayMembers fields whose types are those of state, and which no dict would hold: of superclasses that are no
 *     modules; of modules, those whose type variable the class binds to state that is no module
 * @param accessorOverrides the class's methods that override accessors of inherited members
 * @param contractMethods methods of superclasses that are no modules, which would win over generated ones
 * @param contractDefaults default methods of interfaces that would
 */
public record Inheritance(
        @Nullable ModuleName parent,
        boolean parentGenerated,
        List<Member> members,
        int version,
        boolean migrates,
        List<RetiredKeys> retired,
        List<Member> strayMembers,
        List<AccessorOverride> accessorOverrides,
        List<ContractMethod> contractMethods,
        List<ContractMethod> contractDefaults) {
    public Inheritance {
        members = List.copyOf(members);
        retired = List.copyOf(retired);
        strayMembers = List.copyOf(strayMembers);
        accessorOverrides = List.copyOf(accessorOverrides);
        contractMethods = List.copyOf(contractMethods);
        contractDefaults = List.copyOf(contractDefaults);
    }

    /** The module whose interface the generated one extends. */
    public @Nullable ModuleName generatedParent() {
        return parentGenerated ? parent : null;
    }
}
