package dev.statedict.processor.read;

import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/** Reads module classes. It keeps what it learns about types, so it must not outlive the round. */
public final class ModuleReader {
    private final PolicyReader policies;
    private final MemberReader members;

    /**
     * A reader for one round.
     *
     * @param compilation the policies of classes that say nothing
     */
    public ModuleReader(Policies compilation) {
        this.policies = new PolicyReader(compilation);
        this.members = new MemberReader(new TypeReader(new ModuleTypes()));
    }

    /**
     * Reads a class.
     *
     * @param type a class that is annotated or inherits the annotation
     * @return what matters of it
     */
    public ModuleModel read(TypeElement type) {
        TypeElement parent = ModuleTypes.parentOf(type);
        return new ModuleModel(
                ClassNames.of(type),
                isVisible(type),
                parent == null ? null : ClassNames.of(parent),
                policies.read(type),
                membersOf(type),
                Place.of(type));
    }

    private List<Member> membersOf(TypeElement type) {
        List<Member> read = new ArrayList<>();
        for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
            Member member = members.read(field);
            if (member != null) {
                read.add(member);
            }
        }
        return read;
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
}
