package dev.statedict.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A module class, as far as its state matters.
 *
 * @param name its name
 * @param visible whether other packages can see it
 * @param parent the nearest superclass that is a module, if any
 * @param policies its policies
 * @param members its own fields that are state, or look as if they were, in source order
 * @param place the class
 */
public record ModuleModel(
        ModuleName name,
        boolean visible,
        @Nullable ModuleName parent,
        Policies policies,
        List<Member> members,
        Place place) {
    /** Copies the list. */
    public ModuleModel {
        members = List.copyOf(members);
    }

    /**
     * The same class with other members.
     *
     * @param others the members
     * @return the changed copy
     */
    public ModuleModel withMembers(List<Member> others) {
        return new ModuleModel(name, visible, parent, policies, others, place);
    }
}
