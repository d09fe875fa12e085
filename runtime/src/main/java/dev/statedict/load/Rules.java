package dev.statedict.load;

import dev.statedict.LoadOptions;
import dev.statedict.Policy;
import dev.statedict.StateMapping;
import dev.statedict.text.Glob;
import dev.statedict.tree.ModulePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a load goes by, as {@link LoadOptions} collects it.
 *
 * @param chosenPolicy the policy; null where none was chosen
 * @param missing the module's keys that the dict may lack
 * @param unexpected the dict's keys that the module may lack
 * @param mismatched the module's keys whose tensors may have another shape
 * @param prefix what is removed from the dict's keys
 * @param renames new names by old ones, of keys or of paths
 * @param version the version of a dict that says nothing of versions; 0 for the current one
 * @param allowsRounding whether floating-point places may take the nearest value that they have
 * @param mapping what makes the module's names of the dict's, before prefix and renames; null for nothing
 */
public record Rules(
        @Nullable Policy chosenPolicy,
        List<Glob> missing,
        List<Glob> unexpected,
        List<Glob> mismatched,
        String prefix,
        Map<String, String> renames,
        int version,
        boolean allowsRounding,
        @Nullable StateMapping mapping) {
    /** That the dict is current. */
    public static final int CURRENT = 0;

    public static final Rules STRICT =
            new Rules(null, List.of(), List.of(), List.of(), "", Map.of(), CURRENT, false, null);

    public Rules withPolicy(Policy policy) {
        return new Rules(
                Objects.requireNonNull(policy),
                missing,
                unexpected,
                mismatched,
                prefix,
                renames,
                version,
                allowsRounding,
                mapping);
    }

    public Rules allowingMissing(String... globs) {
        return new Rules(
                chosenPolicy,
                with(missing, globs),
                unexpected,
                mismatched,
                prefix,
                renames,
                version,
                allowsRounding,
                mapping);
    }

    public Rules allowingUnexpected(String... globs) {
        return new Rules(
                chosenPolicy,
                missing,
                with(unexpected, globs),
                mismatched,
                prefix,
                renames,
                version,
                allowsRounding,
                mapping);
    }

    public Rules skippingMismatched(String... globs) {
        return new Rules(
                chosenPolicy,
                missing,
                unexpected,
                with(mismatched, globs),
                prefix,
                renames,
                version,
                allowsRounding,
                mapping);
    }

    public Rules withPrefix(String removed) {
        return new Rules(
                chosenPolicy,
                missing,
                unexpected,
                mismatched,
                Objects.requireNonNull(removed),
                renames,
                version,
                allowsRounding,
                mapping);
    }

    public Rules withRename(String oldName, String newName) {
        Map<String, String> more = new LinkedHashMap<>(renames);
        more.put(Objects.requireNonNull(oldName), Objects.requireNonNull(newName));
        return new Rules(
                chosenPolicy,
                missing,
                unexpected,
                mismatched,
                prefix,
                Collections.unmodifiableMap(more),
                version,
                allowsRounding,
                mapping);
    }

    public Rules withVersion(int assumed) {
        return new Rules(
                chosenPolicy, missing, unexpected, mismatched, prefix, renames, assumed, allowsRounding, mapping);
    }

    public Rules allowingRounding() {
        return new Rules(chosenPolicy, missing, unexpected, mismatched, prefix, renames, version, true, mapping);
    }

    public Rules withMapping(StateMapping applied) {
        return new Rules(
                chosenPolicy,
                missing,
                unexpected,
                mismatched,
                prefix,
                renames,
                version,
                allowsRounding,
                Objects.requireNonNull(applied));
    }

    private static List<Glob> with(List<Glob> globs, String... more) {
        List<Glob> all = new ArrayList<>(globs);
        Arrays.stream(more).map(Glob::new).forEach(all::add);
        return List.copyOf(all);
    }

    public Policy policy() {
        return chosenPolicy == null ? Policy.COPY : chosenPolicy;
    }

    /** The version of a dict that says nothing of versions. */
    int assumedVersion(int current) {
        return version == CURRENT ? current : version;
    }

    public boolean allowsMissing(String key) {
        return Glob.anyMatches(missing, key);
    }

    public boolean allowsUnexpected(String key) {
        return Glob.anyMatches(unexpected, key);
    }

    public boolean skipsMismatched(String key) {
        return Glob.anyMatches(mismatched, key);
    }

    /** Whether keys of the dict may have other names in the module. */
    public boolean changesKeys() {
        return mapping != null || !prefix.isEmpty() || !renames.isEmpty();
    }

    /** The module's name for a key of the dict. */
    String moduleKey(String givenKey) {
        String key = givenKey.startsWith(prefix) ? givenKey.substring(prefix.length()) : givenKey;
        for (Map.Entry<String, String> rename : renames.entrySet()) {
            String renamed = ModulePath.renamed(key, rename.getKey(), rename.getValue());
            if (!renamed.equals(key)) {
                return renamed;
            }
        }
        return key;
    }
}
