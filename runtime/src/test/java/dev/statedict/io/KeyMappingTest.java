package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StateMapping;
import dev.statedict.Stateful;
import dev.statedict.StoredType;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyMappingTest {
    private static StateDict one(String key, int... shape) {
        return StateDict.builder().put(key, counted(shape)).build();
    }

    private static Tensor counted(int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        float[] elements = new float[tensor.numel()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = i;
        }
        return Tensor.wrap(elements, shape);
    }

    private static String whyNot(KeyMapping mapping, StateDict dict) {
        try {
            mapping.apply(dict);
            return "";
        } catch (IllegalArgumentException refused) {
            return refused.getMessage();
        }
    }

    @Test
    void aTransposeIsAViewUnderTheSameKey() {
        StateDict dict = one("fc.kernel", 2, 3);

        Tensor transposed =
                KeyMapping.empty().withTranspose("*.kernel").apply(dict).get("fc.kernel");

        assertThat(transposed.shape()).containsExactly(3, 2);
        assertThat(transposed.sharesStorageWith(dict.get("fc.kernel"))).isTrue();
        assertThat(transposed.toArray()).containsExactly(0, 3, 1, 4, 2, 5);
    }

    /** By {@code torch.arange(24.).reshape(1, 2, 3, 4).permute(3, 2, 0, 1)}. */
    @Test
    void aPermutationTakesDimensionsInItsOrder() {
        Tensor permuted = KeyMapping.empty()
                .withPermute("conv", 3, 2, 0, 1)
                .apply(one("conv", 1, 2, 3, 4))
                .get("conv");

        assertThat(permuted.shape()).containsExactly(4, 3, 1, 2);
        assertThat(permuted.get(3, 1, 0, 1)).isEqualTo(19);
        assertThat(permuted.get(2, 0, 0, 1)).isEqualTo(14);
    }

    @Test
    void aReshapeIsAViewWhereStridesExpressItAndElseACopy() {
        StateDict dict = one("w", 2, 6);
        KeyMapping reshape = KeyMapping.empty().withReshape("w", new int[] {-1, 6}, new int[] {-1, 2, 3});
        Tensor view = reshape.apply(dict).get("w");
        Tensor copy = KeyMapping.empty()
                .withTranspose("w")
                .withReshape("w", new int[] {6, 2}, new int[] {12})
                .apply(dict)
                .get("w");

        assertThat(view.shape()).containsExactly(2, 2, 3);
        assertThat(view.sharesStorageWith(dict.get("w"))).isTrue();
        assertThat(copy.sharesStorageWith(dict.get("w"))).isFalse();
        assertThat(copy.toArray()).startsWith(0, 6, 1, 7);
    }

    @Test
    void piecesOfOtherSizesAreSplitAndPutTogether() {
        KeyMapping split = KeyMapping.empty().withSplit("{m}.qkv", List.of("{m}.q", "{m}.k", "{m}.v"), -1, 4, 1, 1);
        StateDict dict = one("a.qkv", 2, 6);

        StateDict separate = split.apply(dict);

        assertThat(separate.keySet()).containsExactly("a.q", "a.k", "a.v");
        assertThat(separate.get("a.k").toArray()).containsExactly(4, 10);
        assertThat(separate.get("a.k").sharesStorageWith(dict.get("a.qkv"))).isTrue();
        assertThat(split.inverse().apply(separate).contentEquals(dict)).isTrue();
    }

    @Test
    void aConcatenationIsAViewWhereThePiecesLieSideBySideInItsOrder() {
        Tensor whole = counted(4, 6);
        StateDict dict = StateDict.builder()
                .put("a", whole.narrow(1, 0, 1))
                .put("none", whole.narrow(1, 1, 0))
                .put("b", whole.narrow(1, 1, 3))
                .put("c", whole.narrow(1, 4, 2))
                .build();
        KeyMapping inOrder =
                KeyMapping.empty().withConcatenation(List.of("a", "none", "b", "c"), "whole", 1, 1, 0, 3, 2);
        KeyMapping inAnother =
                KeyMapping.empty().withConcatenation(List.of("b", "a", "c", "none"), "whole", 1, 3, 1, 2, 0);

        Tensor view = inOrder.apply(dict).get("whole");
        Tensor copy = inAnother.apply(dict).get("whole");

        assertThat(view.sharesStorageWith(whole)).isTrue();
        assertThat(view.contentEquals(whole)).isTrue();
        assertThat(copy.sharesStorageWith(whole)).isFalse();
        assertThat(copy.get(1, 0)).isEqualTo(7);
        assertThat(copy.get(1, 3)).isEqualTo(6);
    }

    @Test
    void piecesOfOneElementAlongTheDimensionMayLieFurtherApart() {
        Tensor whole = counted(3, 2);
        StateDict rows = StateDict.builder()
                .put("a", whole.narrow(0, 0, 1))
                .put("b", whole.narrow(0, 2, 1))
                .build();

        Tensor both = KeyMapping.empty()
                .withConcatenation(List.of("a", "b"), "both", 0)
                .apply(rows)
                .get("both");

        assertThat(both.sharesStorageWith(whole)).isTrue();
        assertThat(both.toArray()).containsExactly(0, 1, 4, 5);
    }

    @Test
    void piecesThatAreOneTensorOrOnRowsBecomeACopy() {
        Tensor one = counted(1, 2);
        Tensor rows = Tensor.wrap(new float[][] {{1, 2}, {3, 4}});
        KeyMapping together = KeyMapping.empty().withConcatenation(List.of("a", "b"), "both", 0);

        Tensor twice = together.apply(
                        StateDict.builder().put("a", one).put("b", one).build())
                .get("both");
        Tensor flat = together.apply(StateDict.builder()
                        .put("a", rows.narrow(0, 0, 1))
                        .put("b", rows.narrow(0, 1, 1))
                        .build())
                .get("both");

        assertThat(twice.sharesStorageWith(one)).isFalse();
        assertThat(twice.toArray()).containsExactly(0, 1, 0, 1);
        assertThat(flat.toArray()).containsExactly(1, 2, 3, 4);
    }

    /** What a program writes that renames each key: with a look at every key for every rule it takes a minute. */
    @Test
    void asManyRulesAsKeysTakeTimeInProportionToThem() {
        int count = 30_000;
        StateDictBuilder builder = StateDict.builder();
        KeyMapping mapping = KeyMapping.empty();
        for (int i = 0; i < count; i++) {
            builder.put("theirs." + i + ".weight", Tensor.scalar(i));
            mapping = mapping.withRename("theirs." + i + ".weight", "ours." + (count - i) + ".weight");
        }
        StateDict dict = builder.build();
        KeyMapping renaming = mapping;

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            StateDict renamed = renaming.apply(dict);
            assertThat(renamed.get("ours.1.weight").item()).isEqualTo(count - 1);
            assertThat(renaming.inverse().apply(renamed).contentEquals(dict)).isTrue();
        });
    }

    @Test
    void aRuleSeesTheOrderThatTheRulesBeforeItMade() {
        StateDict dict = one("x", 4).union(one("y", 2)).union(one("z", 2));
        KeyMapping mapping = KeyMapping.empty()
                .withSplit("x", List.of("x.0", "x.1"), 0)
                .withConcatenation(List.of("z", "x.1"), "late", 0)
                .withConcatenation(List.of("y", "x.0"), "early", 0);

        assertThat(mapping.apply(dict).keySet()).containsExactly("early", "late");
        assertThat(mapping.inverse().apply(mapping.apply(dict)).contentEquals(dict))
                .isTrue();
    }

    @Test
    void rolesStoredTypesPolicyTiesExtraStateAndVersionsStay() {
        Tensor tied = counted(2, 2);
        StateDict dict = StateDict.builder()
                .put("old.a", tied, Role.BUFFER, StoredType.F16)
                .put("old.b", tied)
                .extraState("old", "said")
                .version("old", 3)
                .build();

        StateDict mapped = KeyMapping.empty()
                .withRename("old.{rest*}", "new.{rest*}")
                .withTranspose("*")
                .apply(dict);

        assertThat(mapped.role("new.a")).isEqualTo(Role.BUFFER);
        assertThat(mapped.storedType("new.a")).isEqualTo(StoredType.F16);
        assertThat(mapped.get("new.a").sharesStorageWith(mapped.get("new.b"))).isTrue();
        assertThat(mapped.extraState()).isEqualTo(Map.of("new", "said"));
        assertThat(mapped.versions()).isEqualTo(Map.of("", 1, "new", 3));
        assertThat(mapped.policy()).isEqualTo(Policy.COPY);
    }

    @Test
    void aMapOfALiveDictIsLive() {
        Tensor weight = counted(2, 2);
        StateDict live = ((Stateful) visitor -> visitor.parameter("w", weight)).stateDict();

        assertThat(KeyMapping.empty().withTranspose("w").apply(live).policy()).isEqualTo(Policy.ALIAS);
    }

    @Test
    void aCastIsExactOrAnError() {
        StateDict dict = StateDict.builder()
                .put("a", Tensor.wrap(new double[] {0.5}, 1))
                .put("b", Tensor.wrap(new double[] {0.1}, 1))
                .build();

        assertThat(KeyMapping.empty()
                        .withCast("a", ElementType.F32)
                        .apply(dict)
                        .get("a")
                        .elementType())
                .isEqualTo(ElementType.F32);
        assertThat(whyNot(KeyMapping.empty().withCast("b", ElementType.F32), dict))
                .startsWith("the mapping does not fit the state dict:\n\t\"b\": ")
                .contains("0.1");
    }

    @Test
    void everythingThatDoesNotFitIsToldAtOnce() {
        StateDict dict = StateDict.builder()
                .put("a", counted(2))
                .put("b", counted(3))
                .put("c", counted(2, 2))
                .build();
        KeyMapping mapping = KeyMapping.empty()
                .withRename("{any}", "same")
                .withTranspose("nothing.*")
                .withPermute("same", 1, 0)
                .withReshape("same", new int[] {2}, new int[] {3});

        assertThat(whyNot(mapping, dict)).isEqualTo("""
                        the mapping does not fit the state dict:
                        \trule 1, rename "{any}" to "same": two sources for one key "same": "a" and "b"
                        \trule 1, rename "{any}" to "same": two sources for one key "same": "a" and "c"
                        \trule 2, transpose "nothing.*": no key matches "nothing.*"
                        \trule 3, permute "same" by [1, 0]: "same" has shape [2] and type F32, not the 2 dimensions of [1, 0]
                        \trule 4, reshape "same" from [2] to [3]: "same" has shape [2] and type F32, of which no shape [3] can be made""");
    }

    @Test
    void piecesThatMakeNoWholeAreTold() {
        KeyMapping mapping = KeyMapping.empty().withConcatenation(List.of("q", "k"), "qk", 0);

        assertThat(whyNot(mapping, one("q", 2))).endsWith("\"qk\" has no piece \"k\" beside \"q\"");
        assertThat(whyNot(mapping, one("q", 2).union(one("k", 4))))
                .endsWith("\"qk\" would be of pieces of the shapes [2], [4], which are not equal;"
                        + " give their sizes [2, 4]");
        assertThat(whyNot(mapping, one("q", 2, 3).union(one("k", 2, 4))))
                .endsWith("\"qk\" would be of pieces of the shapes [2, 3], [2, 4], which do not agree but"
                        + " along dimension 0");
        assertThat(whyNot(KeyMapping.empty().withSplit("q", List.of("a", "b"), 0), one("q", 3)))
                .endsWith("\"q\" has shape [3], which cannot be split into 2 equal pieces along dimension 0");
    }

    @Test
    void theResultTellsWhatBecameOfEachKey() {
        StateDict dict = one("q", 2).union(one("k", 2)).union(one("other", 1)).union(one("gone", 1));

        StateMapping.Result result = KeyMapping.empty()
                .withConcatenation(List.of("q", "k"), "qk", 0)
                .withDrop("gone")
                .map(dict);

        assertThat(result.sources()).isEqualTo(Map.of("qk", List.of("q", "k"), "other", List.of("other")));
        assertThat(result.dropped()).containsExactly("gone");
        assertThat(result.untouched()).containsExactly("other");
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void aMappingThatLosesSomethingHasNoInverse() {
        KeyMapping mapping = KeyMapping.empty()
                .withTranspose("*")
                .withDrop("a")
                .withRename("{a}.{b}", "{b}")
                .withCast("c", ElementType.F64);

        assertThatThrownBy(mapping::inverse)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there is no way back, for what these rules take away is lost: rule 2, drop \"a\";"
                        + " rule 3, rename \"{a}.{b}\" to \"{b}\"; rule 4, cast \"c\" to F64."
                        + " Build the mapping back from the rules without them");
    }

    @Test
    void rulesAreWrittenAsJsonAndReadAgain() {
        KeyMapping mapping = KeyMapping.empty()
                .withPrefix("bert.")
                .withoutPrefix("bert.")
                .withTranspose("*.kernel")
                .withPermute("conv", 3, 2, 0, 1)
                .withReshape("scale", new int[] {-1}, new int[] {-1, 1, 1})
                .withConcatenation(List.of("q.{kind}", "k.{kind}"), "qk.{kind}", 0)
                .withSplit("gates", List.of("update", "reset"), -1, 4, 8)
                .withDrop("*.position_ids")
                .withCast("step", ElementType.I32, ElementType.I64)
                .withCast("time", ElementType.F64);

        assertThat(KeyMapping.fromJson(mapping.toJson())).isEqualTo(mapping);
        assertThat(KeyMapping.fromJson("[{\"concatenate\": [\"a\", \"b\"], \"to\": \"c\"}]"))
                .isEqualTo(KeyMapping.empty().withConcatenation(List.of("a", "b"), "c", 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[{\"drop\": \"a\"}, {\"move\": \"b\"}] | no mapping: rule 2, at byte 16: there is no rule \"move\"; the rules are rename, transpose, permute, reshape, concatenate, split, drop and cast",
                "[{}] | no mapping: rule 1, at byte 1: it is empty; the rules are rename, transpose, permute, reshape, concatenate, split, drop and cast",
                "[{\"rename\": \"a\"}] | no mapping: rule 1, at byte 1: \"to\" is missing",
                "[{\"rename\": 3, \"to\": \"b\"}] | no mapping: rule 1, at byte 1: \"rename\" is a text",
                "[{\"permute\": \"a\", \"dims\": [0, 2]}] | no mapping: rule 1, at byte 1: dims [0, 2] are no order of dimensions; give each from 0 to one less than there are once",
                "[{\"transpose\": \"a\", \"dim\": 0}] | no mapping: rule 1, at byte 1: it has no \"dim\"; leave that out",
                "[{\"cast\": \"a\", \"to\": \"F31\"}] | no mapping: rule 1, at byte 1: \"F31\" is no element type; those are [F32, F64, I32, I64, BOOL]",
                "[{\"drop\": \"a\"} | no mapping: at byte 14: expected ',' or ']', found the end",
                "{\"drop\": \"a\"} | no mapping: at byte 0: expected an array, found an object",
                "[{\"split\": \"a\", \"to\": [\"b\", \"c\"], \"dim\": 0.5}] | no mapping: at byte 41: expected a whole number of 32 bits, found 0.5",
            })
    void aTextThatIsNoMappingIsRefusedWithPlaceAndMend(String json, String message) {
        assertThatThrownBy(() -> KeyMapping.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void rulesThatCannotBeAreRefusedAtOnce() {
        KeyMapping empty = KeyMapping.empty();

        assertThatThrownBy(() -> empty.withRename("{a}.w", "{b}.w"))
                .hasMessage("\"{b}.w\" has the group {b}, which \"{a}.w\" lacks;"
                        + " a key takes its groups from the one that it had");
        assertThatThrownBy(() -> empty.withConcatenation(List.of("{i}.q", "k"), "{i}.qk", 0))
                .hasMessage("\"k\" and \"{i}.qk\" differ in their groups; give each piece the groups of the whole");
        assertThatThrownBy(() -> empty.withSplit("a", List.of("b", "c"), 0, 1))
                .hasMessage("sizes [1] are not those of 2 pieces; give one for each, or none");
        assertThatThrownBy(() -> empty.withPrefix("bert"))
                .hasMessage("the prefix \"bert\" does not end with a dot; write \"bert.\"");
        assertThatThrownBy(() -> empty.withReshape("a", new int[] {-1, -1}, new int[] {-1}))
                .hasMessage("shape [-1, -1] is none; give sizes of 1 and more, and -1 once at most");
    }
}
