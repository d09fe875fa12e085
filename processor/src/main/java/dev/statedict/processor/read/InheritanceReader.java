package dev.statedict.processor.read;

import dev.statedict.processor.model.AccessorOverride;
import dev.statedict.processor.model.ContractMethod;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Inheritance;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.RetiredKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads what a module class has from its superclasses. */
final class InheritanceReader {
    private final Types types;
    private final ModuleTypes modules;
    private final MemberReader members;
    private final HistoryReader histories;
    private final InterfaceNames interfaces;

    InheritanceReader(
            Types types,
            ModuleTypes modules,
            MemberReader members,
            HistoryReader histories,
            InterfaceNames interfaces) {
        this.types = types;
        this.modules = modules;
        this.members = members;
        this.histories = histories;
        this.interfaces = interfaces;
    }

    Inheritance read(TypeElement module) {
        TypeElement superclass = Superclasses.of(module);
        return superclass != null && modules.isAnnotated(superclass)
                ? ofModule(module, superclass)
                : ofOther(module, superclass);
    }

    private Inheritance ofModule(TypeElement module, TypeElement parent) {
        List<Member> inherited = new ArrayList<>();
        List<AccessorOverride> overrides = new ArrayList<>();
        List<RetiredKeys> retired = new ArrayList<>();
        for (TypeElement above = parent; above != null && modules.isAnnotated(above); above = Superclasses.of(above)) {
            List<Member> declared = members.read(above).stream()
                    // the compilation of the superclass warns of the others
                    .filter(member -> !member.isUnasked())
                    .toList();
            inherited.addAll(0, declared);
            overrides.addAll(AccessorOverrides.of(module, above, declared));
            retired.addAll(0, HistoryReader.retired(above));
        }
        ModuleName name = ClassNames.of(parent);
        return new Inheritance(
                name,
                interfaces.isGenerated(name, parent),
                inherited,
                histories.version(parent),
                histories.migrates(parent),
                retired,
                lostByBinding(module),
                overrides,
                List.of(),
                ContractReader.defaultsOf(module));
    }

    private Inheritance ofOther(TypeElement module, @Nullable TypeElement superclass) {
        boolean suppressed = Annotations.suppressStatedict(module);
        List<Member> stray = new ArrayList<>();
        List<ContractMethod> methods = new ArrayList<>();
        List<ContractMethod> defaults = new ArrayList<>(ContractReader.defaultsOf(module));
        for (DeclaredType above : superclassesOf(module)) {
            members.readAs(above).stream()
                    // an annotated one has an error of its own
                    .filter(member -> !suppressed
                            && (member.type().isState()
                                    || member.is(FieldTrait.ABSTRACT_TYPE)
                                    || member.is(FieldTrait.ABSTRACT_ARGUMENT))
                            && member.declaration().place().annotation() == null)
                    .forEach(stray::add);
        }
        for (TypeElement above = superclass; above != null; above = Superclasses.of(above)) {
            methods.addAll(ContractReader.inheritedFrom(above));
            defaults.addAll(ContractReader.defaultsOf(above));
        }
        return new Inheritance(null, true, List.of(), 1, false, List.of(), stray, List.of(), methods, defaults);
    }

    /** Fields of superclasses that are asked for modules, to which the class binds what is no module, but is state. */
    private List<Member> lostByBinding(TypeElement module) {
        if (Annotations.suppressStatedict(module)) {
            return List.of();
        }
        List<Member> lost = new ArrayList<>();
        for (DeclaredType above : superclassesOf(module)) {
            if (!above.getTypeArguments().isEmpty()) {
                Set<String> told = members.read((TypeElement) above.asElement()).stream()
                        .filter(member -> member.type() != MemberType.OPEN && !member.isUnasked())
                        .map(member -> member.field().name())
                        .collect(Collectors.toSet());
                members.readAs(above).stream()
                        .filter(member -> member.role() == MemberRole.UNDECLARED
                                && member.type().isState()
                                && !told.contains(member.field().name()))
                        .forEach(lost::add);
            }
        }
        return lost;
    }

    /** The superclasses, with the type arguments that the class gives them. */
    private List<DeclaredType> superclassesOf(TypeElement module) {
        List<DeclaredType> superclasses = new ArrayList<>();
        TypeMirror above = module.getSuperclass();
        while (above != null && above.getKind() == TypeKind.DECLARED) {
            superclasses.add((DeclaredType) above);
            above = superclassOf(above);
        }
        return superclasses;
    }

    private @Nullable TypeMirror superclassOf(TypeMirror type) {
        for (TypeMirror above : types.directSupertypes(type)) {
            if (above.getKind() == TypeKind.DECLARED
                    && ((DeclaredType) above).asElement().getKind().isClass()) {
                return above;
            }
        }
        return null;
    }
}
