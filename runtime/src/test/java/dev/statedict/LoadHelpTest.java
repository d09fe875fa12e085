package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Modules.Linear;
import dev.statedict.tensor.Tensor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What follows the error text after a blank line: the likely cause, and the mend. */
class LoadHelpTest {
    private final Linear fc = new Linear(Tensor.zeros(2, 3), Tensor.zeros(2));
    private final Stateful module = Modules.visiting(visitor -> visitor.submodule("fc", fc));

    private static StateDict zeros(Stateful module) {
        return module.stateDict().copy();
    }

    private static String help(Stateful module, Map<String, Tensor> state, LoadOptions options) {
        try {
            module.loadStateDict(state, options);
        } catch (StateDictLoadException failure) {
            String[] parts = failure.getMessage().split("\n\n", 2);
            return parts.length == 1 ? "" : parts[1];
        }
        throw new AssertionError("the load was made");
    }

    private static String help(Stateful module, Map<String, Tensor> state) {
        return help(module, state, LoadOptions.strict());
    }

    @Test
    void aPrefixTooMany() {
        assertThat(help(module, zeros(module).withPrefix("module.")))
                .isEqualTo(
                        "all 2 unexpected keys match after removing the prefix `module.`; use"
                                + " `dict.withoutPrefix(\"module.\")`, or the mapping `KeyMapping.empty().withoutPrefix(\"module.\")`");
    }

    @Test
    void membersThatAreNull() {
        Stateful net = Modules.visiting(visitor -> {
            visitor.parameter("w", (double[][]) null);
            visitor.parameter("rate", (Double) null);
            visitor.buffer("maybe", Optional.empty());
            visitor.parameters("list", (List<Tensor>) null);
            visitor.submodule("head", (Stateful) null);
            visitor.submodule("fc", fc);
        });
        Map<String, Tensor> state = new LinkedHashMap<>(zeros(net));
        for (String key : List.of("head.fc.weight", "w", "rate", "maybe", "list.0", "head.fc.bias")) {
            state.put(key, tensor(1));
        }

        assertThat(help(net, state))
                .isEqualTo(
                        "\"head\", \"w\", \"rate\", \"maybe\", \"list\" are null in the module, and a load makes no members;"
                                + " set them before the load");
    }

    @Test
    void aMemberOfASubmoduleThatIsNull() {
        Stateful net = Modules.visiting(visitor ->
                visitor.submodule("fc", Modules.visiting(inner -> inner.parameter("bias", (Tensor) null))));

        assertThat(help(net, Map.of("fc.bias", tensor(1))))
                .isEqualTo("\"fc.bias\" is null in the module, and a load makes no members; set it before the load");
    }

    @Test
    void aPrefixTooManyInALenientLoadThatAppliesNothing() {
        assertThat(help(module, zeros(module).withPrefix("module."), LoadOptions.lenient()))
                .isEqualTo(
                        "all 2 unexpected keys match after removing the prefix `module.`; use"
                                + " `dict.withoutPrefix(\"module.\")`, or the mapping `KeyMapping.empty().withoutPrefix(\"module.\")`");
    }

    @Test
    void aPrefixOfSeveralNamesIsOne() {
        assertThat(help(module, zeros(module).withPrefix("model.module.")))
                .contains("after removing the prefix `model.module.`; use");
    }

    @Test
    void aPrefixIsTheOneOfTheGivenKeysWhateverTheOptionsRemove() {
        assertThat(help(
                        module,
                        zeros(module).withPrefix("model.module."),
                        LoadOptions.strict().withPrefix("model.")))
                .contains("after removing the prefix `model.module.`; use `dict.withoutPrefix(\"model.module.\")`");
    }

    @Test
    void onlySomeKeysWithAPrefix() {
        Map<String, Tensor> state = new LinkedHashMap<>(zeros(module));
        state.put("module.fc.bias", state.remove("fc.bias"));
        state.put("zz", tensor(0));

        assertThat(help(module, state))
                .isEqualTo(
                        "1 of 2 unexpected keys matches after removing the prefix `module.`; use"
                                + " `dict.withoutPrefix(\"module.\")`, or the mapping `KeyMapping.empty().withoutPrefix(\"module.\")`");
    }

    @Test
    void aSingleKeyWithAPrefix() {
        Map<String, Tensor> state = new LinkedHashMap<>(zeros(module));
        state.put("module.fc.bias", state.remove("fc.bias"));

        assertThat(help(module, state))
                .isEqualTo(
                        "the unexpected key matches after removing the prefix `module.`; use"
                                + " `dict.withoutPrefix(\"module.\")`, or the mapping `KeyMapping.empty().withoutPrefix(\"module.\")`");
    }

    @Test
    void aPrefixTooFew() {
        assertThat(help(module, zeros(fc)))
                .isEqualTo(
                        "all 2 unexpected keys match after adding the prefix `fc.`; use `dict.withPrefix(\"fc.\")`, or the mapping"
                                + " `KeyMapping.empty().withPrefix(\"fc.\")`");
    }

    @Test
    void aPrefixIsNotAddedWhereSomeKeysFitAlready() {
        Stateful outer = Modules.visiting(visitor -> {
            visitor.parameter("bias", Tensor.zeros(2));
            visitor.submodule("fc", fc);
        });

        assertThat(help(outer, zeros(fc))).doesNotContain("withPrefix");
    }

    @Test
    void aWholeCheckpointInPlaceOfItsModel() {
        Map<String, Tensor> checkpoint = new LinkedHashMap<>();
        IntStream.range(0, 500).forEach(i -> checkpoint.put("optimizer.state." + i + ".exp_avg", tensor(0)));
        checkpoint.putAll(zeros(module).withPrefix("model."));

        assertThat(help(module, checkpoint))
                .isEqualTo("2 of 502 unexpected keys match below `model.`: this looks like a whole checkpoint; use its"
                        + " model part, `dict.sub(\"model\")`");
    }

    @Test
    void aKeyThatMatchesByAccidentIsNoCheckpoint() {
        Stateful wide = Modules.visiting(visitor ->
                IntStream.range(0, 10).forEach(i -> visitor.submodule("layer" + i, new Linear(Tensor.zeros(2), null))));
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("other.layer3.weight", Tensor.zeros(2));
        IntStream.range(0, 10).forEach(i -> state.put("block" + i + ".attention.kernel", Tensor.zeros(7)));

        assertThat(help(wide, state)).doesNotContain("prefix").doesNotContain("checkpoint");
    }

    @Test
    void theNearestNameOfTheSameShape() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("fc.wieght", Tensor.zeros(2, 3));
        state.put("fc.bais", Tensor.zeros(2));

        assertThat(help(module, state))
                .isEqualTo(
                        "\"fc.weight\" is missing, and \"fc.wieght\" of the same shape is unexpected; if it was renamed,"
                                + " use `LoadOptions.rename(\"fc.wieght\", \"fc.weight\")`\n"
                                + "\"fc.bias\" is missing, and \"fc.bais\" of the same shape is unexpected; if it was renamed, use"
                                + " `LoadOptions.rename(\"fc.bais\", \"fc.bias\")`");
    }

    @Test
    void aNearNameOfAnotherShapeIsNoHint() {
        Map<String, Tensor> state = new LinkedHashMap<>(zeros(module));
        state.remove("fc.weight");
        state.put("fc.weights", Tensor.zeros(5, 5));

        assertThat(help(module, state)).isEmpty();
    }

    @Test
    void namesThatHaveNothingInCommonAreNoHint() {
        Stateful tiny = Modules.visiting(visitor -> visitor.parameter("w", tensor(1)));

        assertThat(help(tiny, Map.of("v", tensor(1)))).isEmpty();
        assertThat(help(tiny, Map.of("zz", tensor(1)))).isEmpty();
    }

    @Test
    void forgivenKeysGiveNoHints() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("fc.bias", Tensor.zeros(7));
        state.put("fc.weights", Tensor.zeros(2, 3));

        assertThat(help(module, state, LoadOptions.lenient())).isEmpty();
    }

    @Test
    void atMostFiveNamesAreGiven() {
        Stateful wide = Modules.visiting(
                visitor -> IntStream.range(0, 9).forEach(i -> visitor.parameter("weight" + i, tensor(1))));
        Map<String, Tensor> state = new LinkedHashMap<>();
        IntStream.range(0, 9).forEach(i -> state.put("weights" + i, tensor(1)));

        assertThat(help(wide, state).lines()).hasSize(5);
    }

    @Test
    void transposedShapes() {
        Map<String, Tensor> state = new LinkedHashMap<>(zeros(module));
        state.put("fc.weight", Tensor.zeros(3, 2));

        assertThat(help(module, state))
                .isEqualTo("the shape of \"fc.weight\" is transposed; use `tensor.transpose(0, 1)`, or the mapping"
                        + " `KeyMapping.empty().withTranspose(\"fc.weight\")`");
    }

    @Test
    void severalTransposedShapes() {
        Stateful two = Modules.visiting(visitor -> {
            visitor.parameter("a", Tensor.zeros(2, 3));
            visitor.parameter("b", Tensor.zeros(4, 1));
        });

        assertThat(help(two, Map.of("a", Tensor.zeros(3, 2), "b", Tensor.zeros(1, 4))))
                .isEqualTo("the shapes of \"a\", \"b\" are transposed; use `tensor.transpose(0, 1)`, or the mapping"
                        + " `KeyMapping.empty().withTranspose(\"a\").withTranspose(\"b\")`");
    }

    @Test
    void ofManyTransposedShapesTheFirstThreeShowTheRule() {
        String rules = "`KeyMapping.empty().withTranspose(\"a\").withTranspose(\"b\").withTranspose(\"c\")`";

        assertThat(help(matrices("a", "b", "c"), transposed("a", "b", "c"))).endsWith(rules);
        assertThat(help(matrices("a", "b", "c", "d"), transposed("a", "b", "c", "d")))
                .endsWith(rules + " and so on");
    }

    private static Stateful matrices(String... names) {
        return Modules.visiting(visitor -> List.of(names).forEach(name -> visitor.parameter(name, Tensor.zeros(2, 3))));
    }

    private static Map<String, Tensor> transposed(String... names) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        List.of(names).forEach(name -> state.put(name, Tensor.zeros(3, 2)));
        return state;
    }

    private static Stateful vectors(String... names) {
        return Modules.visiting(visitor -> List.of(names).forEach(name -> visitor.parameter(name, tensor(1))));
    }

    private static Map<String, Tensor> given(String... keys) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        List.of(keys).forEach(key -> state.put(key, tensor(1)));
        return state;
    }

    @Test
    void theCommonestPrefixIsTheOneToRemove() {
        assertThat(help(vectors("a", "b", "c", "kept"), given("other.c", "module.a", "module.b", "kept")))
                .isEqualTo("2 of 3 unexpected keys match after removing the prefix `module.`; use"
                        + " `dict.withoutPrefix(\"module.\")`, or the mapping"
                        + " `KeyMapping.empty().withoutPrefix(\"module.\")`");
    }

    @Test
    void aPrefixThatExplainsHalfOfWhatIsMissingIsNamed() {
        assertThat(help(vectors("a", "b", "kept"), given("module.a", "zz", "kept")))
                .startsWith("1 of 2 unexpected keys matches after removing the prefix `module.`");
    }

    @Test
    void aPrefixThatExplainsAllThatIsUnexpectedIsNamedAlone() {
        assertThat(help(vectors("weight", "b", "c"), given("m.weight")))
                .isEqualTo("the unexpected key matches after removing the prefix `m.`; use"
                        + " `dict.withoutPrefix(\"m.\")`, or the mapping"
                        + " `KeyMapping.empty().withoutPrefix(\"m.\")`");
    }

    @Test
    void aMissingPrefixThatExplainsHalfOfWhatIsUnexpectedIsNamed() {
        Stateful net = Modules.visiting(visitor -> visitor.submodule("fc", vectors("a", "other")));

        assertThat(help(net, given("a", "zz")))
                .startsWith("1 of 2 unexpected keys matches after adding the prefix `fc.`");
    }

    @Test
    void namesThatHaveNothingInCommonAreNoRenaming() {
        assertThat(help(vectors("encoder"), given("projected"))).isEmpty();
    }

    @Test
    void ofAShortNameAThirdMayDiffer() {
        assertThat(help(vectors("ab1"), given("cb1")))
                .startsWith("\"ab1\" is missing, and \"cb1\" of the same shape is unexpected; if it was renamed");
        assertThat(help(vectors("ab1"), given("ab2"))).startsWith("\"ab1\" is missing, and \"ab2\"");
        assertThat(help(vectors("ab1"), given("cb2"))).isEmpty();
    }

    @Test
    void aRenamedKeyIsLookedForForTheFirst200ThatAreMissing() {
        assertThat(help(lastOf(200), given("rename"))).startsWith("\"renamed\" is missing, and \"rename\"");
        assertThat(help(lastOf(201), given("rename"))).isEmpty();
    }

    /** A vector behind many members of another shape. */
    private static Stateful lastOf(int count) {
        return Modules.visiting(visitor -> {
            IntStream.range(1, count).forEach(i -> visitor.parameter("w" + i, Tensor.zeros(2, 2)));
            visitor.parameter("renamed", tensor(1));
        });
    }

    @Test
    void aPrefixMayBeADotAlone() {
        assertThat(help(vectors("weight"), given(".weight")))
                .startsWith(
                        "the unexpected key matches after removing the prefix `.`; use `dict.withoutPrefix(\".\")`");
    }

    @Test
    void theOneMemberThatIsNullIsNamed() {
        assertThat(help(new Linear(tensor(1), null), given("weight", "bias")))
                .isEqualTo("\"bias\" is null in the module, and a load makes no members; set it before the load");
    }

    @Test
    void shapesOfAnotherNumberOfDimensionsAreNotTransposed() {
        Map<String, Tensor> state = new LinkedHashMap<>(zeros(module));
        state.put("fc.bias", Tensor.zeros(2, 2));

        assertThat(help(module, state)).isEmpty();
    }

    @Test
    void thousandsOfKeysThatHaveNothingInCommonAreQuicklyToldApart() {
        Stateful wide = Modules.visiting(visitor -> IntStream.range(0, 5000)
                .forEach(i -> visitor.submodule("transformer_encoder_layer_" + i, new Linear(Tensor.zeros(2), null))));
        Map<String, Tensor> state = new LinkedHashMap<>();
        IntStream.range(0, 5000)
                .forEach(i -> state.put("distilbert.embeddings.block." + i + ".kernel", Tensor.zeros(2)));

        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> wide.loadStateDict(state)).isInstanceOf(StateDictLoadException.class));
    }
}
