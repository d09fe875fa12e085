package dev.statedict.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A module class, as far as its state matters.
 *
 * @param name its name
 * @param kind what kind of type it is
 * @param annotated whether the annotation is written on it, and not inherited
 * @param visible whether other packages can see it
 * @param hidden whether it, or a class around it, is private
 * @param castable whether generated code can name the class and cast to it
 * @param policies its policies
 * @param inheritance what it has from its superclasses
 * @param members its own fields that are state, or look as if they were, in source order
 * @param history what it says of its past
 * @param contractMethods its own methods that should be generated ones
 * @param rival another module whose interface has the same name, if any
 * @param interfaceExists whether a class of the interface's name exists that was not generated
 * @param suppressedWarnings the warnings that generated code cannot avoid
 * @param place the class
 * @param loadPolicyPlace where its load policy is written, or the class
 */
public record ModuleModel(
        ModuleName name,
        ModuleKind kind,
        boolean annotated,
        boolean visible,
        boolean hidden,
        boolean castable,
        Policies policies,
        Inheritance inheritance,
        List<Member> members,
        ModuleHistory history,
        List<ContractMethod> contractMethods,
        @Nullable ModuleName rival,
        boolean interfaceExists,
        List<String> suppressedWarnings,
        Place place,
        Place loadPolicyPlace) {
    public ModuleModel {
        members = List.copyOf(members);
        contractMethods = List.copyOf(contractMethods);
        suppressedWarnings = List.copyOf(suppressedWarnings);
    }

    /** Whether the class needs an interface of its own; a subclass that adds nothing lives on its superclass's. */
    public boolean addsState() {
        return kind.canBeModule()
                && (annotated || !members.isEmpty() || !history.retired().isEmpty());
    }

    /** Whether generated code tells the version: below another class's it does so even when it is 1. */
    public boolean tellsVersion() {
        return addsState() && (history.version() != 1 || inheritance.version() != 1);
    }

    /** Whether the name of the interface is free. */
    public boolean canBeGenerated() {
        return rival == null && !interfaceExists;
    }

    /** The same class with fewer members. */
    public ModuleModel withMembers(List<Member> others) {
        return new ModuleModel(
                name,
                kind,
                annotated,
                visible,
                hidden,
                castable,
                policies,
                inheritance,
                others,
                history,
                contractMethods,
                rival,
                interfaceExists,
                suppressedWarnings,
                place,
                loadPolicyPlace);
    }
}
