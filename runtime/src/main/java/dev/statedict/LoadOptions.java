package dev.statedict;

import dev.statedict.load.Rules;
import dev.statedict.load.SerializedOptions;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a load forgives, how it reads keys, and its policy. Immutable: each method gives a new value.
 *
 * {@snippet class="com.example.Loading" region="options"}
 *
 * <p>Patterns are simple globs on keys: {@code *} stands for any characters, dots included, {@code ?} for one.
 *
 * <p>Whatever is forgiven, a load that applies no key at all is an error, unless the module has no state.
 *
 * <p>Options are serializable where their {@linkplain #withMapping mapping} is, as a {@code KeyMapping} is; where it is not,
 * a {@link java.io.NotSerializableException} names its class.
 */
public final class LoadOptions implements Serializable {
    private static final long serialVersionUID = 1;

    private static final LoadOptions STRICT = new LoadOptions(Rules.STRICT);
    private static final LoadOptions LENIENT = STRICT.allowMissing("*").allowUnexpected("*");

    // what is written stands in their place: see writeReplace
    private final transient Rules rules;

    private LoadOptions(Rules rules) {
        this.rules = rules;
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
    public LoadOptions withPolicy(Policy policy) {
        return new LoadOptions(rules.withPolicy(policy));
    }

    /**
     * Sets the policy where none is set. For generated code alone, which binds the class's policy so; it stands in the
     * packages of users, and so this must be public.
     *
     * @param classPolicy the policy for the case that no other is set
     * @return these options with a policy
     */
    public LoadOptions withDefaultPolicy(Policy classPolicy) {
        return rules.chosenPolicy() == null ? withPolicy(classPolicy) : this;
    }

    /**
     * Forgives keys of the module that the dict lacks; their members keep their values.
     *
     * @param patterns globs on the module's keys
     * @return these options with those patterns added
     */
    public LoadOptions allowMissing(String... patterns) {
        return new LoadOptions(rules.allowingMissing(patterns));
    }

    /**
     * Forgives keys of the dict that the module lacks; they are not used.
     *
     * @param patterns globs on the dict's keys, as the dict has them or as prefix and renames make them
     * @return these options with those patterns added
     */
    public LoadOptions allowUnexpected(String... patterns) {
        return new LoadOptions(rules.allowingUnexpected(patterns));
    }

    /**
     * Forgives tensors of another shape; their members keep their values.
     *
     * @param patterns globs on the module's keys
     * @return these options with those patterns added
     */
    public LoadOptions skipMismatched(String... patterns) {
        return new LoadOptions(rules.skippingMismatched(patterns));
    }

    /**
     * Removes a prefix from the dict's keys before they are matched. A key without it is taken as it is.
     *
     * @param prefix with its dot, for example {@code "module."}
     * @return these options with that prefix in place of any other
     */
    public LoadOptions withPrefix(String prefix) {
        return new LoadOptions(rules.withPrefix(prefix));
    }

    /**
     * Reads an old name as a new one, after the prefix was removed.
     *
     * @param oldName a key of the dict, or the path of a submodule for all keys below it
     * @param newName the key, or path, in the module
     * @return these options with that name added
     */
    public LoadOptions rename(String oldName, String newName) {
        return new LoadOptions(rules.withRename(oldName, newName));
    }

    /**
     * Applies a mapping to the dict before anything else is done with it: prefix, renames and patterns are of the names that
     * come out. What does not fit in it is told with all else that stands in the way of the load, and the report names the
     * dict's own keys. Entries that it makes of several count as renamed from each.
     *
     * @param mapping a {@code KeyMapping}, or another
     * @return these options with that mapping in place of any other
     */
    public LoadOptions withMapping(StateMapping mapping) {
        return new LoadOptions(rules.withMapping(mapping));
    }

    /**
     * Takes the nearest value where a floating-point member cannot have the dict's very value: a {@code double} becomes a
     * {@code float}, a large {@code long} a {@code double}. Without it, that is an error which names the value. A number
     * is never rounded to a whole one, nor to an infinity, and {@link Policy#ALIAS} never converts.
     *
     * @return these options with that
     */
    public LoadOptions allowRounding() {
        return new LoadOptions(rules.allowingRounding());
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
        return new LoadOptions(rules.withVersion(version));
    }

    /** The same for the load itself. */
    Rules rules() {
        return rules;
    }

    private Object writeReplace() {
        return new SerializedOptions(rules);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("options of a load arrive as bytes, in their place");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoadOptions options && rules.equals(options.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public String toString() {
        return "LoadOptions[policy=" + (rules.chosenPolicy() == null ? "the class's" : rules.chosenPolicy())
                + ", allowMissing=" + rules.missing() + ", allowUnexpected=" + rules.unexpected()
                + ", skipMismatched=" + rules.mismatched() + ", prefix=" + rules.prefix()
                + ", renames=" + rules.renames() + ", assumedVersion="
                + (rules.version() == Rules.CURRENT ? "current" : rules.version())
                + (rules.mapping() == null ? "" : ", mapping=" + rules.mapping())
                + "]";
    }
}
