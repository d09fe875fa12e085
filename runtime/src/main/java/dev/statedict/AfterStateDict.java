package dev.statedict;

import dev.statedict.storage.StorageSet;
import dev.statedict.text.KeyList;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.HookedModule;
import dev.statedict.tree.ModulePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the {@link StateHooks#afterStateDict} of modules make of a dict. */
final class AfterStateDict {
    private AfterStateDict() {}

    /** What is left of an ALIAS dict when all have seen it, the innermost first. */
    static StateDict apply(List<HookedModule> innerFirst, StateDict dict) {
        StateDict after = dict;
        for (HookedModule module : innerFirst) {
            after = throughHook(module, after);
        }
        return after == dict || isLive(after, dict)
                ? after
                : new StateDict(after.entries(), Policy.COPY, after.metadata());
    }

    /** Whether a tensor that hooks returned is the module's own, or a view of it. Primitives never are. */
    private static boolean isLive(StateDict after, StateDict before) {
        StorageSet own = new StorageSet(before.size());
        before.values().forEach(own::add);
        boolean live = true;
        for (StateEntry entry : after.entries()) {
            if (!entry.isPrimitive()) {
                live = own.contains(entry.getValue());
                if (live) {
                    return true;
                }
            }
        }
        return live;
    }

    /** Puts what the hook returns in the place of what it was shown. */
    private static StateDict throughHook(HookedModule module, StateDict dict) {
        String prefix = module.path().prefix();
        StateDict after = Objects.requireNonNull(
                module.hooks().afterStateDict(prefix, dict.filter(key -> key.startsWith(prefix))),
                () -> "afterStateDict returned null for \"" + prefix + "\"; to change nothing, return what was given");
        List<StateEntry> returned = new ArrayList<>();
        boolean plain = after.size() > 0;
        for (StateEntry entry : after.entries()) {
            plain &= entry.isPlain();
            StateEntry before = entry.isPlain() ? dict.find(entry.getKey()) : null;
            returned.add(before == null ? entry : entry.knownAs(before));
        }
        refuseKeysOfOthers(module.path(), dict, after);
        List<StateEntry> replaced = HookedModule.replaced(
                Arrays.asList(dict.entries()), entry -> entry.getKey().startsWith(prefix), returned);
        Map<String, @Nullable Object> extra = new LinkedHashMap<>(dict.extraState());
        if (!plain) {
            // but a plain map cannot hold extra state, and so does not say that there is none
            extra.keySet().removeIf(path -> ExtraStateValue.key(path).startsWith(prefix));
        }
        extra.putAll(after.extraState());
        StateDictBuilder builder = new StateDictBuilder(dict.policy());
        replaced.forEach(builder::put);
        extra.forEach(builder::putExtraState);
        dict.versions().forEach(builder::version);
        return builder.build();
    }

    /** A hook sees what lies below its module, and may take the keys of that alone. */
    private static void refuseKeysOfOthers(ModulePath module, StateDict dict, StateDict returned) {
        List<String> taken = new ArrayList<>(returned.keySet());
        taken.retainAll(dict.keySet());
        for (String path : returned.extraState().keySet()) {
            if (dict.extraState().containsKey(path)) {
                taken.add(ExtraStateValue.key(path));
            }
        }
        taken.removeIf(key -> key.startsWith(module.prefix()));
        if (!taken.isEmpty()) {
            throw new IllegalStateException("afterStateDict of the module at \"" + module + "\" returned "
                    + KeyList.quoted(taken) + ", which others have that were not shown to it; begin the keys with \""
                    + module.prefix() + '"');
        }
    }
}
