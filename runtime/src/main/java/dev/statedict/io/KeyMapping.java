package dev.statedict.io;

import dev.statedict.SchemaReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictSchema;
import dev.statedict.StateMapping;
import dev.statedict.io.mapping.Change;
import dev.statedict.io.mapping.Concatenate;
import dev.statedict.io.mapping.Drop;
import dev.statedict.io.mapping.Each;
import dev.statedict.io.mapping.MappingRun;
import dev.statedict.io.mapping.Pieces;
import dev.statedict.io.mapping.Rename;
import dev.statedict.io.mapping.Rule;
import dev.statedict.io.mapping.RuleChain;
import dev.statedict.io.mapping.RulesJson;
import dev.statedict.io.mapping.Split;
import dev.statedict.tensor.ElementType;
import dev.statedict.text.Glob;
import dev.statedict.text.KeyPattern;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From another's names and layouts to a module's own, and back: an immutable list of rules. Each rule sees what the one
 * before it made.
 *
 * {@snippet class="com.example.Loading" region="mapping"}
 *
 * <p><b>Keys.</b> Where a rule makes other keys, it has patterns with named groups: <code>{i}</code> stands for all or the
 * middle of one part of a key, between two dots, and <code>{rest*}</code> for one or more whole parts. Where it leaves keys as
 * they are, it has a simple glob, as everywhere: {@code *} for any characters, dots included, {@code ?} for one.
 *
 * <p><b>What does not fit is told</b>, all of it at once and before anything is handed out: a rule that matches no key, two
 * sources for one key, a shape that cannot come out right. Keys that no rule touches stay as they are, and {@link #map} lists
 * them.
 *
 * <p><b>Sharing.</b> The tensors that come out are views of the given ones, and tied where those were; only a cast,
 * a concatenation of what does not lie side by side, and a reshape that no strides express, copy. Roles and stored types stay. Extra state goes where its key goes,
 * {@code fc._extra_state}, and so does the version of its module.
 *
 * <p>Serialized, a mapping is its {@linkplain #toJson() JSON}.
 */
public final class KeyMapping implements StateMapping, Serializable {
    private static final long serialVersionUID = 1;
    private static final KeyMapping EMPTY = new KeyMapping(RuleChain.EMPTY);

    /** What stands for a mapping in a stream of objects. */
    private record Serialized(String json) implements Serializable {
        private Object readResolve() throws InvalidObjectException {
            try {
                return KeyMapping.fromJson(json);
            } catch (IllegalArgumentException | NullPointerException noMapping) {
                InvalidObjectException refused = new InvalidObjectException(noMapping.getMessage());
                refused.initCause(noMapping);
                throw refused;
            }
        }
    }

    // what is written stands in their place: see writeReplace
    private final transient RuleChain rules;

    private KeyMapping(RuleChain rules) {
        this.rules = rules;
    }

    /**
     * No rules.
     *
     * @return the mapping that changes nothing
     */
    public static KeyMapping empty() {
        return EMPTY;
    }

    private KeyMapping with(Rule rule) {
        return new KeyMapping(rules.with(rule));
    }

    /**
     * Gives keys other names.
     *
     * @param from a pattern, such as <code>encoder.layer.{i}.{rest*}</code>
     * @param to the name, of groups of {@code from}; it has an inverse when it has all of them
     * @return these rules and that one
     * @throws IllegalArgumentException when one is no pattern, or {@code to} has a group that {@code from} lacks
     */
    public KeyMapping withRename(String from, String to) {
        return with(new Rename(new KeyPattern(from), new KeyPattern(to)));
    }

    /**
     * Moves every key below a prefix.
     *
     * @param prefix with its dot, for example {@code "bert."}
     * @return these rules and that one
     * @throws IllegalArgumentException when the prefix does not end with a dot
     */
    public KeyMapping withPrefix(String prefix) {
        return withRename("{key*}", requireDot(prefix) + "{key*}");
    }

    /**
     * Removes a prefix from the keys that have it. Its inverse moves every key below the prefix.
     *
     * @param prefix with its dot, for example {@code "module."}
     * @return these rules and that one
     * @throws IllegalArgumentException when the prefix does not end with a dot
     */
    public KeyMapping withoutPrefix(String prefix) {
        return withRename(requireDot(prefix) + "{key*}", "{key*}");
    }

    private static String requireDot(String prefix) {
        if (!prefix.endsWith(".")) {
            throw new IllegalArgumentException(
                    "the prefix \"" + prefix + "\" does not end with a dot; write \"" + prefix + ".\"");
        }
        return prefix;
    }

    /**
     * Transposes matrices: {@code [in, out]} becomes {@code [out, in]}.
     *
     * @param keys a glob on keys
     * @return these rules and that one
     */
    public KeyMapping withTranspose(String keys) {
        return with(new Each(new Glob(keys), new Change.Transpose()));
    }

    /**
     * Puts dimensions in another order, as {@code torch.permute}: {@code 3, 2, 0, 1} makes of Keras's
     * {@code [height, width, in, out]} PyTorch's {@code [out, in, height, width]}.
     *
     * @param keys a glob on keys
     * @param dims for each dimension of the result, which it was
     * @return these rules and that one
     * @throws IllegalArgumentException when these are not each dimension once
     */
    public KeyMapping withPermute(String keys, int... dims) {
        return with(new Each(new Glob(keys), new Change.Permute(list(dims))));
    }

    /**
     * Gives the same elements in the same order another shape.
     *
     * @param keys a glob on keys
     * @param from the shape that is expected; one size may be -1, for any
     * @param to the shape that comes out; one size may be -1, for what is left
     * @return these rules and that one
     * @throws IllegalArgumentException when one is no shape
     */
    public KeyMapping withReshape(String keys, int[] from, int[] to) {
        return with(new Each(new Glob(keys), new Change.Reshape(list(from), list(to))));
    }

    /**
     * Puts tensors together, as {@code torch.cat}: separate {@code q}, {@code k} and {@code v} to a fused one. It stands in
     * the place of the first of them.
     *
     * @param from the patterns of the pieces, in order
     * @param to that of the whole, with the same groups
     * @param dim along which they lie; a negative one counts from the end
     * @param sizes the sizes of the pieces along it; none when they are equal
     * @return these rules and that one
     * @throws IllegalArgumentException when one is no pattern, they differ in their groups, or sizes are not one for each
     */
    public KeyMapping withConcatenation(List<String> from, String to, int dim, int... sizes) {
        return with(new Concatenate(pieces(to, from, dim, sizes)));
    }

    /**
     * Takes tensors apart, as {@code torch.split}: a fused {@code qkv} to separate ones, views of it.
     *
     * @param from the pattern of the whole
     * @param to those of the pieces, in order, with the same groups
     * @param dim along which they lie; a negative one counts from the end
     * @param sizes the sizes of the pieces along it; none when they are equal
     * @return these rules and that one
     * @throws IllegalArgumentException when one is no pattern, they differ in their groups, or sizes are not one for each
     */
    public KeyMapping withSplit(String from, List<String> to, int dim, int... sizes) {
        return with(new Split(pieces(from, to, dim, sizes)));
    }

    private static Pieces pieces(String whole, List<String> keys, int dim, int[] sizes) {
        return new Pieces(
                new KeyPattern(whole), keys.stream().map(KeyPattern::new).toList(), dim, list(sizes));
    }

    private static List<Integer> list(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /**
     * Leaves keys out, extra state included. It has no inverse.
     *
     * @param keys a glob on keys
     * @return these rules and that one
     */
    public KeyMapping withDrop(String keys) {
        return with(new Drop(new Glob(keys)));
    }

    /**
     * Makes the same values elements of another type; a value that is none of it is an error. It has no inverse.
     *
     * @param keys a glob on keys
     * @param to the type that comes out
     * @return these rules and that one
     */
    public KeyMapping withCast(String keys, ElementType to) {
        return with(new Each(new Glob(keys), new Change.Cast(null, to)));
    }

    /**
     * Makes the same values elements of another type; a value that is none of it is an error.
     *
     * @param keys a glob on keys
     * @param from the type that is expected
     * @param to the type that comes out
     * @return these rules and that one
     */
    public KeyMapping withCast(String keys, ElementType from, ElementType to) {
        return with(new Each(new Glob(keys), new Change.Cast(from, to)));
    }

    /**
     * Reads the rules of a JSON array, an object for each, as {@link #toJson} writes them:
     *
     * <pre>{@code
     * [
     *   {"rename": "encoder.{rest*}", "to": "{rest*}"},
     *   {"transpose": "*.kernel"},
     *   {"permute": "conv.kernel", "dims": [3, 2, 0, 1]},
     *   {"reshape": "scale", "from": [-1], "to": [-1, 1, 1]},
     *   {"concatenate": ["q.{kind}", "k.{kind}", "v.{kind}"], "to": "qkv.{kind}", "dim": 0},
     *   {"split": "gates", "to": ["update", "reset"], "dim": -1, "sizes": [4, 8]},
     *   {"drop": "*.position_ids"},
     *   {"cast": "step", "from": "I32", "to": "I64"}
     * ]
     * }</pre>
     *
     * @param json the text; {@code dim}, {@code sizes} and a cast's {@code from} may be left out
     * @return the rules
     * @throws IllegalArgumentException when it is none; it names rule, place and mend
     */
    public static KeyMapping fromJson(String json) {
        return new KeyMapping(RuleChain.of(RulesJson.read(json)));
    }

    /**
     * The rules as JSON.
     *
     * @return a text that {@link #fromJson} reads
     */
    public String toJson() {
        return RulesJson.write(rules.list());
    }

    /**
     * Maps a dict.
     *
     * @param dict with the other side's names; not changed
     * @return a dict of views of its tensors where a view serves, with the same policy
     * @throws IllegalArgumentException when anything does not fit; it lists everything
     */
    public StateDict apply(StateDict dict) {
        Result result = map(dict);
        require(result.problems());
        return result.state();
    }

    /**
     * Maps what is not read: by keys, shapes and types now, and each tensor when it is saved. What is the same tensor under
     * two keys, and has the same done to it under both, stays one.
     *
     * @param dict with the other side's names; not changed
     * @return what comes out of it
     * @throws IllegalArgumentException when anything does not fit; it lists everything. That a cast is not exact shows when
     *     its tensor is read
     */
    public UnreadStateDict apply(UnreadStateDict dict) {
        return dict.mapped(rules);
    }

    static void require(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "the mapping does not fit the state dict:\n\t" + String.join("\n\t", problems));
        }
    }

    /**
     * Maps a dict, and tells how: what each key was made of, what was dropped, what no rule touched, and what does not fit.
     * Nothing is thrown for that.
     *
     * @param dict with the other side's names; not changed
     * @return the dict, as far as it came, and all of that
     */
    @Override
    public Result map(StateDict dict) {
        return MappingRun.of(dict, rules.list());
    }

    /**
     * Holds the mapping against a file and a schema by keys, shapes and types, without reading a tensor: whether what it makes
     * of the file would load.
     *
     * @param checkpoint a file with the other side's names
     * @param schema what the module must have
     * @return what speaks against it; what does not fit in the mapping is among the {@linkplain SchemaReport#clashes clashes}
     */
    public SchemaReport check(Checkpoint checkpoint, StateDictSchema schema) {
        return MappingCheck.check(rules.list(), checkpoint, schema);
    }

    /**
     * The mapping back to the other side's names and layouts. Applied to what this mapping made of a dict, it gives that dict
     * again, bit for bit, unless a key that no rule was meant for has a name such as a rule makes.
     *
     * @return the inverse of each rule, in the opposite order
     * @throws IllegalStateException naming each rule that has none: one that drops, casts from any type, or forgets a group
     */
    public KeyMapping inverse() {
        return new KeyMapping(rules.inverse());
    }

    private Object writeReplace() {
        return new Serialized(toJson());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a mapping arrives as JSON, in its place");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyMapping mapping && rules.equals(mapping.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    /**
     * The rules, one after another.
     *
     * @return for example {@code KeyMapping[transpose "*.kernel"]}
     */
    @Override
    public String toString() {
        return "KeyMapping" + rules;
    }
}
