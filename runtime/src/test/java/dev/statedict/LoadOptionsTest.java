package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.statedict.Modules.Linear;
import dev.statedict.tensor.Tensor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {
    private final Linear encoder = new Linear(tensor(1, 2), tensor(3));
    private final Linear head = new Linear(tensor(4, 5), tensor(6));
    private final Stateful module = Modules.visiting(visitor -> {
        visitor.submodule("encoder", encoder);
        visitor.submodule("head", head);
    });

    private StateDict state() {
        return module.stateDict().copy();
    }

    @Test
    void strictForgivesNothing() {
        assertThatThrownBy(() -> module.loadStateDict(state().filter(key -> key.startsWith("encoder."))))
                .hasMessageContaining("Missing key(s)");
        assertThatThrownBy(() -> module.loadStateDict(
                        state().union(StateDict.of(Map.of("zz", tensor(0)))), LoadOptions.strict()))
                .hasMessageContaining("Unexpected key(s)");
    }

    @Test
    void missingKeysAreAllowedByPattern() {
        LoadReport report = module.loadStateDict(
                state().filter(key -> key.startsWith("encoder.")),
                LoadOptions.strict().allowMissing("head.*"));

        assertThat(report.missing()).containsExactly("head.weight", "head.bias");
        assertThat(head.weight.toArray()).containsExactly(4, 5);
    }

    @Test
    void onlyWhatIsNotAllowedIsInTheErrorButAllIsInTheReport() {
        assertThatThrownBy(() -> module.loadStateDict(
                        Map.of("head.bias", tensor(1), "a.x", tensor(0), "b", tensor(0)),
                        LoadOptions.strict().allowMissing("encoder.*").allowUnexpected("a.*")))
                .isInstanceOfSatisfying(StateDictLoadException.class, failure -> {
                    assertThat(failure)
                            .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                                    + "\tMissing key(s) in state_dict: \"head.weight\". \n"
                                    + "\tUnexpected key(s) in state_dict: \"b\". ");
                    assertThat(failure.report().missing())
                            .containsExactly("encoder.weight", "encoder.bias", "head.weight");
                    assertThat(failure.report().unexpected()).containsExactly("a.x", "b");
                });
    }

    @Test
    void unexpectedKeysAreAllowedUnderTheNameTheyHadOrTheNameTheyGot() {
        Map<String, Tensor> state = new LinkedHashMap<>(state().withPrefix("module."));
        state.put("module.old.weight", tensor(0));
        LoadOptions options = LoadOptions.strict().withPrefix("module.");

        for (String pattern : List.of("module.old.*", "old.*")) {
            assertThat(module.loadStateDict(state, options.allowUnexpected(pattern))
                            .unexpected())
                    .containsExactly("module.old.weight");
        }
    }

    @Test
    void patternsAddUp() {
        LoadOptions options =
                LoadOptions.strict().allowMissing("head.weight").allowMissing("head.bias", "encoder.bias");

        assertThat(module.loadStateDict(state().filter("encoder.weight"::equals), options)
                        .missing())
                .hasSize(3);
    }

    @Test
    void aPatternIsAGlobOverTheWholeKey() {
        for (String matching : List.of("*", "encoder.*", "*.weight", "e*r.w*", "encoder.weigh?", "encoder.weight")) {
            assertThat(LoadOptions.strict().allowMissing(matching).rules().allowsMissing("encoder.weight"))
                    .as(matching)
                    .isTrue();
        }
        for (String other :
                List.of("", "encoder", "encoder.", "weight", "encoder.weigh", "encoder.weight?", "ENCODER.*")) {
            assertThat(LoadOptions.strict().allowMissing(other).rules().allowsMissing("encoder.weight"))
                    .as(other)
                    .isFalse();
        }
    }

    @Test
    void charactersOfRegularExpressionsMeanThemselves() {
        LoadOptions options = LoadOptions.strict().allowMissing("a.b", "[x]", "(y)+\\E");

        assertThat(options.rules().allowsMissing("axb")).isFalse();
        assertThat(options.rules().allowsMissing("a.b")).isTrue();
        assertThat(options.rules().allowsMissing("[x]")).isTrue();
        assertThat(options.rules().allowsMissing("(y)+\\E")).isTrue();
    }

    @Test
    void shapesAreForgivenBySkipMismatchedAlone() {
        Map<String, Tensor> state = new LinkedHashMap<>(state());
        state.put("head.weight", Tensor.zeros(9));

        assertThatThrownBy(() -> module.loadStateDict(state, LoadOptions.lenient()))
                .hasMessageContaining("size mismatch for head.weight");
        assertThat(module.loadStateDict(state, LoadOptions.strict().skipMismatched("head.weight"))
                        .skipped())
                .hasSize(1);
    }

    @Test
    void thePrefixIsRemovedFromTheKeysThatHaveIt() {
        Map<String, Tensor> state = new LinkedHashMap<>(state().withPrefix("module."));
        state.put("head.bias", state.remove("module.head.bias"));

        assertThat(module.loadStateDict(state, LoadOptions.strict().withPrefix("module."))
                        .applied())
                .hasSize(4);
    }

    @Test
    void thePrefixConcernsExtraStateToo() {
        String[] note = {"old"};
        Stateful noted = Modules.of(
                visitor -> visitor.extraState(note[0]),
                assigner -> note[0] = assigner.field(StateAssigner.EXTRA_STATE, note[0]));

        noted.loadStateDict(
                StateDict.builder().extraState("module", "new").build(),
                LoadOptions.strict().withPrefix("module."));

        assertThat(note).containsExactly("new");
    }

    @Test
    void aRenameIsOfAKeyOrOfAllBelowAPath() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("enc.weight", tensor(7, 8));
        state.put("enc.bias", tensor(9));
        state.put("head.w", tensor(1, 2));
        state.put("head.bias", tensor(3));

        module.loadStateDict(
                state, LoadOptions.strict().rename("enc", "encoder").rename("head.w", "head.weight"));

        assertThat(encoder.weight.toArray()).containsExactly(7, 8);
        assertThat(head.weight.toArray()).containsExactly(1, 2);
    }

    @Test
    void renamesDoNotChainSoThatTwoNamesCanBeSwapped() {
        module.loadStateDict(
                state(), LoadOptions.strict().rename("encoder", "head").rename("head", "encoder"));

        assertThat(encoder.weight.toArray()).containsExactly(4, 5);
        assertThat(head.weight.toArray()).containsExactly(1, 2);
    }

    @Test
    void thePolicyIsTheOptionsElseTheClasss() {
        Tensor given = tensor(7, 8);
        Linear linear = new Linear(tensor(1, 2), null);

        linear.loadStateDict(Map.of("weight", given), LoadOptions.strict());
        assertThat(linear.weight).isNotSameAs(given);

        linear.loadStateDict(Map.of("weight", given), LoadOptions.strict().withPolicy(Policy.ALIAS));
        assertThat(linear.weight).isSameAs(given);

        assertThat(LoadOptions.strict().withPolicy(Policy.COPY).withDefaultPolicy(Policy.ALIAS))
                .isEqualTo(LoadOptions.strict().withPolicy(Policy.COPY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.a.*.b.*.weight", "*a*b*c*a*b*c*a*b*c*d", "*.?.*.?.*.?.*!"})
    void aKeyFromAFileCannotMakeALoadSlow(String glob) {
        Map<String, Tensor> given = new LinkedHashMap<>(state());
        given.put("a.b.c.".repeat(100_000), tensor(1));
        LoadOptions options = LoadOptions.strict().allowMissing(glob).skipMismatched(glob);
        Stateful retiring = Modules.visiting(visitor -> {
            visitor.version(1);
            visitor.retired(glob);
            module.visitState(visitor);
        });

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThatThrownBy(() -> module.loadStateDict(given, options.allowUnexpected(glob)))
                    .isInstanceOf(StateDictLoadException.class);
            assertThatThrownBy(() -> retiring.loadStateDict(given, options)).isInstanceOf(StateDictLoadException.class);
        });
    }

    @Test
    void theyAreValues() {
        LoadOptions options = LoadOptions.strict().allowMissing("a").rename("x", "y");

        assertThat(options)
                .isEqualTo(LoadOptions.strict().allowMissing("a").rename("x", "y"))
                .hasSameHashCodeAs(LoadOptions.strict().allowMissing("a").rename("x", "y"))
                .isNotEqualTo(LoadOptions.strict().allowMissing("b").rename("x", "y"))
                .isNotEqualTo(LoadOptions.strict());
        assertThat(LoadOptions.lenient())
                .isEqualTo(LoadOptions.strict().allowMissing("*").allowUnexpected("*"));
    }

    @Test
    void theyPrintWhatTheySay() {
        assertThat(LoadOptions.strict())
                .hasToString("LoadOptions[policy=the class's, allowMissing=[], allowUnexpected=[], skipMismatched=[],"
                        + " prefix=, renames={}, assumedVersion=current]");
        assertThat(LoadOptions.lenient()
                        .withPolicy(Policy.ALIAS)
                        .skipMismatched("head.*")
                        .withPrefix("module.")
                        .rename("cv1", "conv1")
                        .assumeVersion(2))
                .hasToString("LoadOptions[policy=ALIAS, allowMissing=[*], allowUnexpected=[*], skipMismatched=[head.*],"
                        + " prefix=module., renames={cv1=conv1}, assumedVersion=2]");
    }
}
