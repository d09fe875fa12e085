package dev.statedict;

import dev.statedict.text.Glob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a load forgives, how it reads keys, and its policy. Immutable: each method gives a new value.
 *
 * <pre>{@code
 * model.loadStateDict(pretrained, LoadOptions.strict()
 *     .prefix("module.")               // a wrapper's prefix
 *     .rename("cv1", "conv1")          // an old name, here of a submodule
 *     .allowMissing("head.*")          // the new head keeps its own values
 *     .skipMismatched("embed.weight")); // and so does an embedding of another size
 * }</pre>
 *
 * <p>Patterns are simple globs on keys: {@code *} stands for any characters, dots included, {@code ?} for one.
 *
 * <p>Whatever is forgiven, a load that applies no key at all is an error, unless the module has no state.
 */
public final class LoadOptions {
    private static final int CURRENT = 0;
    private static final LoadOptions STRICT =
            new LoadOptions(null, List.of(), List.of(), List.of(), "", Map.of(), CURRENT);
    private static final LoadOptions LENIENT = STRICT.allowMissing("*").allowUnexpected("*");

    private final @Nullable Policy policy;
    private final List<Glob> allowMissing;
    private final List<Glob> allowUnexpected;
    private final List<Glob> skipMismatched;
    private final String prefix;
    private final Map<String, String> renames;
    private final int assumedVersion;

    private LoadOptions(
            @Nullable Policy policy,
            List<Glob> allowMissing,
            List<Glob> allowUnexpected,
            List<Glob> skipMismatched,
            String prefix,
            Map<String, String> renames,
            int assumedVersion) {
        this.policy = policy;
        this.allowMissing = allowMissing;
        this.allowUnexpected = allowUnexpected;
        this.skipMismatched = skipMismatched;
        this.prefix = prefix;
        this.renames = renames;
        this.assumedVersion = assumedVersion;
    }

    /**
     * Every key must match, under the class's policy.
     *
     * @return the options of {@code loadStateDict(map)}
     */
    public static LoadOptions strict() {
        return STRICT;
    }

    /**
     * Missing and unexpected keys are forgiven and reported (PyTorch's {@code strict=False}). Shapes are not.
     *
     * @return the same as {@code strict().allowMissing("*").allowUnexpected("*")}
     */
    public static LoadOptions lenient() {
        return LENIENT;
    }

    /**
     * Sets the policy.
     *
     * @param policy {@link Policy#COPY} to write into the module's tensors, {@link Policy#ALIAS} to adopt the dict's
     * @return these options with that policy
     */
    public LoadOptions policy(Policy policy) {
        return new LoadOptions(
                Objects.requireNonNull(policy),
                allowMissing,
                allowUnexpected,
                skipMismatched,
                prefix,
                renames,
                assumedVersion);
    }

    /**
     * Sets the policy where none is set; generated code binds the class's policy so.
     *
     * @param classPolicy the policy for the case that no other is set
     * @return these options with a policy
     */
    public LoadOptions withDefaultPolicy(Policy classPolicy) {
        return policy == null ? policy(classPolicy) : this;
    }

    /**
     * Forgives keys of the module that the dict lacks; their members keep their values.
     *
     * @param patterns globs on the module's keys
     * @return these options with those patterns added
     */
    public LoadOptions allowMissing(String... patterns) {
        return new LoadOptions(
                policy, with(allowMissing, patterns), allowUnexpected, skipMismatched, prefix, renames, assumedVersion);
    }

    /**
     * Forgives keys of the dict that the module lacks; they are not used.
     *
     * @param patterns globs on the dict's keys, as the dict has them or as prefix and renames make them
     * @return these options with those patterns added
     */
    public LoadOptions allowUnexpected(String... patterns) {
        return new LoadOptions(
                policy, allowMissing, with(allowUnexpected, patterns), skipMismatched, prefix, renames, assumedVersion);
    }

    /**
     * Forgives tensors of another shape; their members keep their values.
     *
     * @param patterns globs on the module's keys
     * @return these options with those patterns added
     */
    public LoadOptions skipMismatched(String... patterns) {
        return new LoadOptions(
                policy, allowMissing, allowUnexpected, with(skipMismatched, patterns), prefix, renames, assumedVersion);
    }

    /**
     * Removes a prefix from the dict's keys before they are matched. A key without it is taken as it is.
     *
     * @param prefix with its dot, for example {@code "module."}
     * @return these options with that prefix in place of any other
     */
    public LoadOptions prefix(String prefix) {
        return new LoadOptions(
                policy,
                allowMissing,
                allowUnexpected,
                skipMismatched,
                Objects.requireNonNull(prefix),
                renames,
                assumedVersion);
    }

    /**
     * Reads an old name as a new one, after the prefix was removed.
     *
     * @param oldName a key of the dict, or the path of a submodule for all keys below it
     * @param newName the key, or path, in the module
     * @return these options with that name added
     */
    public LoadOptions rename(String oldName, String newName) {
        Map<String, String> more = new LinkedHashMap<>(renames);
        more.put(Objects.requireNonNull(oldName), Objects.requireNonNull(newName));
        return new LoadOptions(
                policy,
                allowMissing,
                allowUnexpected,
                skipMismatched,
                prefix,
                Collections.unmodifiableMap(more),
                assumedVersion);
    }

    /**
     * Takes a dict that says nothing of versions as one of this version of every class. Without it, such a dict is taken
     * as current; a dict that has versions goes by those.
     *
     * @param version 1 or more
     * @return these options with that version
     * @throws IllegalArgumentException when the version is less than 1
     */
    public LoadOptions assumeVersion(int version) {
        if (version < 1) {
            throw new IllegalArgumentException("versions begin at 1, not " + version);
        }
        return new LoadOptions(policy, allowMissing, allowUnexpected, skipMismatched, prefix, renames, version);
    }

    private static List<Glob> with(List<Glob> patterns, String... more) {
        List<Glob> all = new ArrayList<>(patterns);
        Arrays.stream(more).map(Glob::new).forEach(all::add);
        return List.copyOf(all);
    }

    Policy policy() {
        return policy == null ? Policy.COPY : policy;
    }

    /** The version of a dict that says nothing of versions. */
    int assumedVersion(int current) {
        return assumedVersion == CURRENT ? current : assumedVersion;
    }

    boolean allowsMissing(String key) {
        return Glob.anyMatches(allowMissing, key);
    }

    boolean allowsUnexpected(String key) {
        return Glob.anyMatches(allowUnexpected, key);
    }

    boolean skipsMismatched(String key) {
        return Glob.anyMatches(skipMismatched, key);
    }

    /** Whether keys of the dict may have other names in the module. */
    boolean changesKeys() {
        return !prefix.isEmpty() || !renames.isEmpty();
    }

    /** The module's name for a key of the dict. */
    String moduleKey(String givenKey) {
        String key = givenKey.startsWith(prefix) ? givenKey.substring(prefix.length()) : givenKey;
        for (Map.Entry<String, String> rename : renames.entrySet()) {
            String renamed = StateDictAlgebra.renamed(rename.getKey(), rename.getValue(), key);
            if (!renamed.equals(key)) {
                return renamed;
            }
        }
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoadOptions options
                && policy == options.policy
                && allowMissing.equals(options.allowMissing)
                && allowUnexpected.equals(options.allowUnexpected)
                && skipMismatched.equals(options.skipMismatched)
                && prefix.equals(options.prefix)
                && renames.equals(options.renames)
                && assumedVersion == options.assumedVersion;
    }

    @Override
    public int hashCode() {
        return Objects.hash(policy, allowMissing, allowUnexpected, skipMismatched, prefix, renames, assumedVersion);
    }

    @Override
    public String toString() {
        return "LoadOptions[policy=" + (policy == null ? "the class's" : policy) + ", allowMissing=" + allowMissing
                + ", allowUnexpected=" + allowUnexpected + ", skipMismatched=" + skipMismatched + ", prefix=" + prefix
                + ", renames=" + renames + ", assumedVersion="
                + (assumedVersion == CURRENT ? "current" : assumedVersion)
                + "]";
    }
}
