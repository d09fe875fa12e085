package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.statedict.Modules.Linear;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.AbstractMap;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Everything that is wrong is said at once, in PyTorch's words and order. */
class LoadErrorsTest {
    private final Linear linear = new Linear(Tensor.zeros(1, 2), Tensor.zeros(1));

    private static Map<String, Tensor> state(Object... keysAndTensors) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < keysAndTensors.length; i += 2) {
            state.put((String) keysAndTensors[i], (Tensor) keysAndTensors[i + 1]);
        }
        return state;
    }

    private static StateDictLoadException failure(Stateful module, Map<String, Tensor> state, LoadOptions options) {
        return catchThrowableOfType(StateDictLoadException.class, () -> module.loadStateDict(state, options));
    }

    @Test
    void missingUnexpectedThenMismatchedKeys() {
        Map<String, Tensor> state = state("weight", Tensor.zeros(3, 1), "zz", tensor(0), "yy", tensor(0));

        assertThat(failure(linear, state, LoadOptions.strict()))
                .hasMessage("Error(s) in loading state_dict for Linear:\n"
                        + "\tMissing key(s) in state_dict: \"bias\". \n"
                        + "\tUnexpected key(s) in state_dict: \"zz\", \"yy\". \n"
                        + "\tsize mismatch for weight: copying a param with shape torch.Size([3, 1]) from checkpoint, the"
                        + " shape in current model is torch.Size([1, 2]).");
    }

    @Test
    void unexpectedKeysComeByTheModuleThatTheyLeadTo() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodule("a", new Linear(tensor(1), null));
            visitor.submodule("ab", new Linear(tensor(1), null));
            visitor.submodule("none", (Stateful) null);
        });
        Map<String, Tensor> state = state(
                "ab.x",
                tensor(0),
                "a.weight.x",
                tensor(0),
                "a.",
                tensor(0),
                "none.weight",
                tensor(0),
                "a",
                tensor(0),
                "",
                tensor(0),
                "a.weight",
                tensor(0),
                "ab.weight",
                tensor(0));

        assertThat(failure(module, state, LoadOptions.strict()).report().unexpected())
                .containsExactly("none.weight", "a", "", "a.weight.x", "a.", "ab.x");
    }

    @Test
    void twoUnexpectedKeysComeInModuleOrderToo() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodule("a", new Linear(tensor(1), null));
            visitor.submodule("b", new Linear(tensor(1), null));
        });
        Map<String, Tensor> state =
                state("b.zz", tensor(1), "a.zz", tensor(1), "a.weight", tensor(1), "b.weight", tensor(1));

        assertThat(failure(module, state, LoadOptions.strict()))
                .hasMessageContaining("Unexpected key(s) in state_dict: \"a.zz\", \"b.zz\". ");
    }

    @Test
    void theReportHasTheSameAsData() {
        Map<String, Tensor> state = state("weight", Tensor.zeros(3, 1), "zz", tensor(0));

        LoadReport report = failure(linear, state, LoadOptions.strict()).report();

        assertThat(report.applied()).isEmpty();
        assertThat(report.missing()).containsExactly("bias");
        assertThat(report.unexpected()).containsExactly("zz");
        assertThat(report.problems())
                .containsExactly(
                        "size mismatch for weight: copying a param with shape torch.Size([3, 1]) from checkpoint,"
                                + " the shape in current model is torch.Size([1, 2]).");
        assertThat(report)
                .hasToString("_IncompatibleKeys(missing_keys=['bias'], unexpected_keys=['zz'])\n"
                        + "0 keys applied\n"
                        + "1 problem:\n"
                        + "\tsize mismatch for weight: copying a param with shape torch.Size([3, 1]) from checkpoint, the"
                        + " shape in current model is torch.Size([1, 2]).");
    }

    @Test
    void theReportSurvivesSerialisation() throws IOException, ClassNotFoundException {
        Map<String, Tensor> state = state("head.weight", Tensor.zeros(3), "zz", tensor(0));
        Stateful module = Modules.visiting(visitor -> visitor.submodule("head", new Linear(tensor(1), tensor(2))));
        StateDictLoadException failure =
                failure(module, state, LoadOptions.lenient().skipMismatched("*"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }

        StateDictLoadException read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (StateDictLoadException) in.readObject();
        }

        assertThat(read).hasMessage(failure.getMessage());
        assertThat(read.report()).isEqualTo(failure.report());
        assertThat(read.report().skipped()).hasSize(1);
    }

    @Test
    void longListsAreGroupedAndCutButWholeInTheReport() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        IntStream.range(0, 4000).forEach(i -> state.put("encoder." + i, tensor(0)));
        IntStream.range(0, 1000).forEach(i -> state.put("head." + i, tensor(0)));

        StateDictLoadException failure =
                failure(linear, state, LoadOptions.strict().allowMissing("*"));

        assertThat(failure)
                .hasMessage("Error(s) in loading state_dict for Linear:\n"
                        + "\tUnexpected key(s) in state_dict: \"encoder.0\", \"encoder.1\", \"encoder.2\", \"encoder.3\","
                        + " \"encoder.4\", \"encoder.5\", \"encoder.6\", \"encoder.7\", ... and 4,992 more (3,992 below"
                        + " \"encoder.\", 1,000 below \"head.\"). ");
        assertThat(failure.report().unexpected()).hasSize(5000);
    }

    @Test
    void manyProblemsAreCutButWholeInTheReport() {
        Stateful module = Modules.visiting(
                visitor -> IntStream.range(0, 25).forEach(i -> visitor.parameter("p" + i, Tensor.zeros(2))));
        Map<String, Tensor> state = new LinkedHashMap<>();
        IntStream.range(0, 25).forEach(i -> state.put("p" + i, Tensor.zeros(3)));

        StateDictLoadException failure = failure(module, state, LoadOptions.strict());

        assertThat(failure.getMessage().lines()).hasSize(22).last().isEqualTo("\t... and 5 more problems.");
        assertThat(failure.report().problems()).hasSize(25);
    }

    @Test
    void aLoadThatAppliesNothingIsAnErrorHoweverForgiving() {
        assertThat(failure(linear, state("a", tensor(0), "b", tensor(0)), LoadOptions.lenient()))
                .hasMessage("Error(s) in loading state_dict for Linear:\n"
                        + "\tNo key was applied: of the dict's 2 keys none fits any of the module's 2 keys.");
        assertThat(failure(linear, Map.of(), LoadOptions.lenient()))
                .hasMessage("Error(s) in loading state_dict for Linear:\n"
                        + "\tNo key was applied: of the dict's 0 keys none fits any of the module's 2 keys.");
        assertThat(failure(
                        linear,
                        state("weight", tensor(0), "bias", Tensor.zeros(4)),
                        LoadOptions.strict().skipMismatched("*")))
                .hasMessage("Error(s) in loading state_dict for Linear:\n"
                        + "\tNo key was applied: of the dict's 2 keys none fits any of the module's 2 keys.");
    }

    @Test
    void aModuleWithoutStateHasNothingToApply() {
        Stateful empty = Modules.visiting(visitor -> {});

        assertThat(empty.loadStateDict(Map.of())).hasToString("<All keys matched successfully>\n0 keys applied");
        assertThat(empty.loadStateDict(state("zz", tensor(0)), LoadOptions.lenient())
                        .unexpected())
                .containsExactly("zz");
    }

    @Test
    void anAnonymousClassIsCalledByTheEndOfItsName() {
        Stateful anonymous = new Stateful() {
            @Override
            public void visitState(StateVisitor visitor) {
                visitor.parameter("w", tensor(1));
            }
        };

        assertThatThrownBy(() -> anonymous.loadStateDict(Map.of()))
                .hasMessageMatching("(?s)Error\\(s\\) in loading state_dict for LoadErrorsTest\\$\\d+:\n.*");
    }

    @Test
    void aNullMapIsNoMap() {
        assertThatThrownBy(() -> linear.loadStateDict(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("Expected state_dict to be dict-like, got null.");
    }

    @Test
    void aNullValueIsAProblemThatNamesTheKeyAlsoWhereTheKeyIsForgiven() {
        Map<String, Tensor> state = new HashMap<>(state("weight", Tensor.zeros(1, 2)));
        state.put("bias", null);
        state.put("zz", null);

        assertThat(failure(linear, state, LoadOptions.lenient()))
                .hasMessage("Error(s) in loading state_dict for Linear:\n"
                        + "\tWhile copying the parameter named \"bias\", expected torch.Tensor or Tensor-like object from"
                        + " checkpoint but received null\n"
                        + "\tWhile copying the parameter named \"zz\", expected torch.Tensor or Tensor-like object from"
                        + " checkpoint but received null");
    }

    @Test
    @SuppressWarnings("unchecked")
    void foreignKeysAndValuesAreProblemsToo() {
        Map<Object, Object> raw = new HashMap<>();
        raw.put("weight", "oops");
        raw.put("bias", Tensor.zeros(1));
        raw.put(null, Tensor.zeros(1));
        raw.put(7, Tensor.zeros(1));

        assertThat(failure(linear, (Map<String, Tensor>) (Map<?, ?>) raw, LoadOptions.strict()))
                .hasMessage("Error(s) in loading state_dict for Linear:\n"
                        + "\tThe state dict has the key 7: keys must be strings.\n"
                        + "\tThe state dict has the key null: keys must be strings.\n"
                        + "\tWhile copying the parameter named \"weight\", expected torch.Tensor or Tensor-like object from"
                        + " checkpoint but received java.lang.String");
    }

    @Test
    void theMapIsReadOnceByIteration() {
        Map<String, Tensor> entries = state("weight", Tensor.zeros(1, 2), "bias", Tensor.zeros(1));
        int[] iterations = {0};
        Map<String, Tensor> map = new AbstractMap<>() {
            @Override
            public Set<Map.Entry<String, Tensor>> entrySet() {
                iterations[0]++;
                return entries.entrySet();
            }

            @Override
            public int size() {
                return 2;
            }

            @Override
            public Tensor get(Object key) {
                throw new AssertionError("not asked by key");
            }
        };

        linear.loadStateDict(map);

        assertThat(iterations[0]).isEqualTo(1);
    }

    @Test
    void whatTheMapThrowsReachesTheCallerWithNothingWritten() {
        Map<String, Tensor> map = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            public Set<Map.Entry<String, Tensor>> entrySet() {
                throw new ConcurrentModificationException("changing");
            }
        };

        assertThatThrownBy(() -> linear.loadStateDict(map)).isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void anyMapWillDo() {
        Map<String, Tensor> state = state("bias", tensor(3), "weight", Tensor.wrap(new float[] {1, 2}, 1, 2));
        List<Map<String, Tensor>> maps =
                List.of(state, new HashMap<>(state), new Hashtable<>(state), Map.copyOf(state), StateDict.of(state));

        for (Map<String, Tensor> map : maps) {
            linear.bias.fill(0);
            assertThat(linear.loadStateDict(map).applied()).containsExactly("weight", "bias");
            assertThat(linear.bias.item()).isEqualTo(3);
        }
    }

    @Test
    void theMapIsNeverChanged() {
        Map<String, Tensor> state = state("weight", Tensor.zeros(1, 2), "zz", tensor(0));
        Map<String, Tensor> before = new LinkedHashMap<>(state);

        linear.loadStateDict(state, LoadOptions.lenient());

        assertThat(state).isEqualTo(before);
    }

    @Test
    void twoKeysThatBecomeOneAreAProblem() {
        Map<String, Tensor> state =
                state("weight", Tensor.zeros(1, 2), "module.weight", Tensor.zeros(1, 2), "bias", tensor(0));

        assertThat(failure(linear, state, LoadOptions.strict().withPrefix("module.")))
                .hasMessage("Error(s) in loading state_dict for Linear:\n"
                        + "\tThe keys \"weight\" and \"module.weight\" both become \"weight\".");
    }
}
