package dev.statedict.processor.read;

import dev.statedict.processor.model.FormerKey;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.Tie;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;

/** Finds what a key was called before any class on its way renamed it. */
final class FormerKeys {
    private final ModuleTypes modules;
    private final MemberReader members;
    private final MembersByKey byKey;

    FormerKeys(ModuleTypes modules, MemberReader members, MembersByKey byKey) {
        this.modules = modules;
        this.members = members;
        this.byKey = byKey;
    }

    /** The former keys of both ends of each tie that a class has or inherits, with the current ones. */
    Map<String, String> ofTies(TypeElement module) {
        Map<String, String> current = new HashMap<>();
        for (TypeElement type = module; type != null; type = modules.parentOf(type)) {
            for (Member member : members.read(type)) {
                Tie tie = member.tie();
                if (tie != null) {
                    of(tie.target(), module).forEach(former -> current.put(former, tie.target()));
                    String key = member.tiedKey(tie);
                    of(key, module).forEach(former -> current.put(former, key));
                }
            }
        }
        return current;
    }

    /** All that a key may have been called, as far as the types of submodules tell. */
    private List<String> of(String key, TypeElement module) {
        List<String> paths = List.of("");
        TypeElement type = module;
        for (String name : key.split("\\.", -1)) {
            Member member = type == null ? null : byKey.findOwn(name, type);
            List<String> longer = new ArrayList<>();
            for (String path : paths) {
                String prefix = path.isEmpty() ? "" : path + '.';
                longer.add(prefix + name);
                if (member != null) {
                    member.history().formerKeys().stream()
                            .map(FormerKey::key)
                            .map(prefix::concat)
                            .forEach(longer::add);
                }
            }
            paths = longer;
            type = member == null ? null : byKey.classBelow(member);
        }
        return paths;
    }
}
