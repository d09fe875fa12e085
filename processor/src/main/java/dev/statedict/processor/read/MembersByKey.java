package dev.statedict.processor.read;

import dev.statedict.processor.model.Member;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Finds members by their keys, in a class, its superclasses and its submodules. */
final class MembersByKey {
    private final ModuleTypes modules;
    private final MemberReader members;
    private final SubmoduleClasses submodules;

    MembersByKey(ModuleTypes modules, MemberReader members, SubmoduleClasses submodules) {
        this.modules = modules;
        this.members = members;
        this.submodules = submodules;
    }

    /** The member with a key, which may lie in a submodule; null where the types of submodules do not tell. */
    @Nullable
    Member find(String key, TypeElement module) {
        TypeElement type = module;
        Member member = null;
        for (String name : key.split("\\.", -1)) {
            member = type == null ? null : findOwn(name, type);
            type = member == null ? null : classBelow(member);
        }
        return member;
    }

    /** The member with a key without dots. */
    @Nullable
    Member findOwn(String name, TypeElement module) {
        for (TypeElement type = module; type != null; type = modules.parentOf(type)) {
            for (Member member : members.read(type)) {
                if (member.key().equals(name)) {
                    return member;
                }
            }
        }
        return null;
    }

    /** The class whose members' keys stand right below a member's, when it is known: that of a container's do not. */
    @Nullable
    TypeElement classBelow(Member member) {
        SubmoduleClasses.Found found = member.submodule() == null
                ? null
                : submodules.find(member.field().place().element().asType());
        return found != null && found.listed() && found.path().isEmpty() ? found.type() : null;
    }
}
