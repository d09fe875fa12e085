package dev.statedict.processor.schema;

import dev.statedict.processor.model.FormerKey;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.RetiredKeys;
import dev.statedict.schema.MemberKind;
import dev.statedict.schema.MemberSchema;
import dev.statedict.text.Glob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what a class, with its superclasses, makes of keys that it had in the past. */
final class Heirs {
    private final Map<String, Member> members = new HashMap<>();
    private final Map<String, String> tiedKeys;
    private final List<Glob> retired;

    Heirs(ModuleModel module) {
        tiedKeys = module.history().tiedKeys();
        List<Member> all = Stream.concat(module.inheritance().members().stream(), module.members().stream())
                .toList();
        for (Member member : all) {
            for (FormerKey former : member.history().formerKeys()) {
                members.put(former.key(), member);
            }
        }
        all.forEach(member -> members.put(member.key(), member));
        retired = Stream.concat(module.inheritance().retired().stream(), module.history().retired().stream())
                .map(RetiredKeys::glob)
                .map(Glob::new)
                .toList();
    }

    /** The member that has the key now, or had it in the past; null when none does. */
    @Nullable
    Member of(String key) {
        return members.get(key);
    }

    /** What a key that a tie spoke of is called now. */
    String currentKey(String key) {
        int dot = key.indexOf('.');
        String name = dot < 0 ? key : key.substring(0, dot);
        Member heir = members.get(name);
        String renamed = heir == null ? key : heir.key() + key.substring(name.length());
        return tiedKeys.getOrDefault(key, renamed);
    }

    /** What {@code @Retired} says when a member is gone that has a key, or had it. */
    static String retiredPattern(MemberSchema member, String key) {
        boolean nested = member.container() || member.kind() == MemberKind.SUBMODULE;
        return nested ? key + ".*" : key;
    }

    /** Whether a key, or all that a glob matches, is retired. */
    boolean isRetired(String keyOrGlob) {
        return retired.stream().anyMatch(glob -> glob.covers(keyOrGlob));
    }
}
