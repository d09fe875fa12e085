package dev.statedict.processor.read;

import dev.statedict.processor.model.ClassDeclaration;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleKind;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.Policies;
import dev.statedict.processor.model.RetiredKeys;
import dev.statedict.processor.model.RuntimeNames;
import dev.statedict.processor.model.StateInterface;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Types;

/** Reads module classes. It keeps what it learns about types, so it must not outlive the round. */
public final class ModuleReader {
    private final InterfaceNames interfaces;
    private final PolicyReader policies;
    private final MemberReader members;
    private final MembersByKey byKey;
    private final HistoryReader histories;
    private final InheritanceReader inheritance;
    private final ModuleTypes modules;
    private final PossibleWeights possibleWeights;
    private final UnresolvedTypes unresolved;

    /**
     * A reader for one round.
     *
     * @param compilation the policies of classes that say nothing
     * @param interfaces the names of all generated interfaces, those of this round too
     * @param sources the classes of all rounds so far
     * @param written the annotations as they stand in source
     */
    public ModuleReader(
            Types types,
            Policies compilation,
            InterfaceNames interfaces,
            SourceClasses sources,
            WrittenAnnotations written) {
        this.interfaces = interfaces;
        this.policies = new PolicyReader(compilation);
        this.modules = new ModuleTypes(interfaces);
        ContainerTypes containers = new ContainerTypes(types);
        SubmoduleClasses submodules = new SubmoduleClasses(modules, containers);
        this.members = new MemberReader(
                types, new TypeReader(modules, containers), submodules, new OpenTypes(containers, sources));
        this.byKey = new MembersByKey(modules, members, submodules);
        this.histories = new HistoryReader(modules, members, submodules, byKey, containers);
        this.inheritance = new InheritanceReader(types, modules, members, histories, interfaces);
        this.possibleWeights = new PossibleWeights(modules, containers);
        this.unresolved = new UnresolvedTypes(modules, sources, written);
    }

    /** The name of a class. */
    public static ModuleName nameOf(TypeElement type) {
        return ClassNames.of(type);
    }

    /** Whether the class is annotated, or inherits the annotation. */
    public boolean isAnnotated(TypeElement type) {
        return modules.isAnnotated(type);
    }

    /** The fields of any class that are state, or look as if they were. */
    public List<Member> membersOf(TypeElement type) {
        return members.read(type);
    }

    /** What any class says that it has retired. */
    public static List<RetiredKeys> retiredOf(TypeElement type) {
        return HistoryReader.retired(type);
    }

    /** Whether all exists on which the state of a class depends: superclasses, types of fields, constants. */
    public boolean isComplete(TypeElement type) {
        return !unresolved.isNeededBy(type);
    }

    /** Whether a class is a module, or may turn out to be one when a superclass exists. */
    public boolean mayBeModule(TypeElement type) {
        return modules.isAnnotated(type) || UnresolvedTypes.hasUnknownSuperclass(type);
    }

    /**
     * Reads a class.
     *
     * @param type a class that is annotated or inherits the annotation
     * @return what matters of it
     */
    public ModuleModel read(TypeElement type) {
        ModuleName name = ClassNames.of(type);
        List<Member> own = members.read(type);
        boolean nameable = interfaces.classOf(name) != null;
        return new ModuleModel(
                name,
                Place.of(type),
                new ClassDeclaration(
                        kindOf(type),
                        Annotations.find(type, RuntimeNames.STATE_MODULE) != null,
                        isVisible(type),
                        isHidden(type),
                        nameable,
                        nameable && !isHidden(type) && ImplementationReader.mayImplement(type, name),
                        modules.isAsTensor(type)),
                new StateInterface(
                        interfaces.rivalOf(name),
                        interfaces.isTaken(name, type),
                        interfaces.hidesJavaLang(name),
                        GeneratedCodeWarnings.of(type, own)),
                policies.read(type),
                inheritance.read(type),
                own,
                tieTargets(type, own),
                possibleWeights.of(type),
                histories.read(type),
                ContractReader.declaredBy(type));
    }

    private Map<String, Member> tieTargets(TypeElement module, List<Member> members) {
        Map<String, Member> targets = new HashMap<>();
        for (Member member : members) {
            if (member.tie() != null) {
                String key = member.tie().target();
                Member target = byKey.find(key, module);
                if (target != null) {
                    targets.put(key, target);
                }
            }
        }
        return targets;
    }

    private static ModuleKind kindOf(TypeElement type) {
        return switch (type.getKind()) {
            case RECORD -> ModuleKind.RECORD;
            case ENUM -> ModuleKind.ENUM;
            case INTERFACE, ANNOTATION_TYPE -> ModuleKind.INTERFACE;
            default -> ModuleKind.CLASS;
        };
    }

    /** Whether other packages see the class; to them, {@code protected} is enough to extend it. */
    private static boolean isVisible(TypeElement type) {
        for (Element element = type; element instanceof TypeElement; element = element.getEnclosingElement()) {
            Set<Modifier> modifiers = element.getModifiers();
            if (!modifiers.contains(Modifier.PUBLIC) && !modifiers.contains(Modifier.PROTECTED)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHidden(TypeElement type) {
        for (Element element = type; element instanceof TypeElement; element = element.getEnclosingElement()) {
            if (element.getModifiers().contains(Modifier.PRIVATE)) {
                return true;
            }
        }
        return false;
    }
}
