package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A load that throws leaves the module bit for bit as it was, whichever of its steps it is that fails. */
class LoadAtomicityTest {
    /** Code of the module's that throws once, at the n-th step. */
    private static final class Fault implements Runnable {
        private final int at;
        private final Supplier<Throwable> thrown;
        private int step;
        private boolean struck;

        Fault(int at, Supplier<Throwable> thrown) {
            this.at = at;
            this.thrown = thrown;
        }

        @Override
        public void run() {
            if (step++ == at) {
                struck = true;
                LoadAtomicityTest.<RuntimeException>throwAny(thrown.get());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable thrown) throws T {
        throw (T) thrown;
    }

    static Stream<LoadOptions> modes() {
        return Stream.of(LoadOptions.strict(), LoadOptions.lenient())
                .flatMap(options -> Stream.of(options.withPolicy(Policy.COPY), options.withPolicy(Policy.ALIAS)));
    }

    /** A whole state of other values, with extra state that differs too. */
    private static StateDict otherState() {
        Everything other = new Everything();
        other.vocabulary = Map.of("bye", "2");
        other.child.vocabulary = null;
        other.epoch = 30;
        other.step = 40;
        other.ready = false;
        other.temperature = 5;
        return other.stateDict(Policy.COPY);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void whicheverStepThrowsTheModuleIsAsItWas(LoadOptions options) {
        everyStepFails(options, () -> new IllegalStateException("boom"));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void anErrorIsUndoneLikeAnException(LoadOptions options) {
        everyStepFails(options, () -> new StackOverflowError("boom"));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void soIsACheckedExceptionThatIsThrownSneakily(LoadOptions options) {
        everyStepFails(options, () -> new IOException("boom"));
    }

    private static void everyStepFails(LoadOptions options, Supplier<Throwable> thrown) {
        StateDict state = otherState();
        int step = 0;
        for (; ; step++) {
            Everything module = new Everything();
            List<Object> before = module.snapshot();
            Fault fault = new Fault(step, thrown);
            module.steps = fault;
            module.child.steps = fault;

            Throwable failure = catchThrowable(() -> module.loadStateDict(state, options));

            if (!fault.struck) {
                assertThat(failure).as("no fault, no failure").isNull();
                assertThat(module.snapshot()).as("the load was made").isNotEqualTo(before);
                break;
            }
            assertThat(failure).as("step %d of %s", step, options).isNotNull();
            assertThat(module.snapshot()).as("step %d of %s", step, options).isEqualTo(before);
        }
        assertThat(step).as("steps that can fail").isEqualTo(options.rules().policy() == Policy.COPY ? 72 : 106);
    }

    @Test
    void aSetterThatThrowsAlsoOnTheWayBackIsNamedAndTheRestIsUndone() {
        Everything module = new Everything();
        StateDict state = otherState();
        long step = module.step;
        IllegalStateException boom = new IllegalStateException("boom");
        // two visits and a hook, then what it offers with its 13 members, then the setters
        module.steps = new Runnable() {
            private int runs;

            @Override
            public void run() {
                if (runs++ >= 17) {
                    throw boom;
                }
            }
        };

        assertThatThrownBy(() -> module.loadStateDict(state))
                .isInstanceOf(StateDictLoadException.class)
                .hasCause(boom)
                .hasMessage("Assigning \"ready\" threw java.lang.IllegalStateException: boom. The load was undone, but"
                        + " setting back \"ready\" threw too (see the suppressed exceptions): the rest of the module is"
                        + " as it was.");
        assertThat(module.step).isEqualTo(step);
        assertThat(boom.getSuppressed())
                .as("an exception cannot suppress itself")
                .isEmpty();
    }

    @Test
    void whatIsThrownOnTheWayBackIsSuppressedByWhatWasThrownBefore() {
        List<Throwable> thrown = new ArrayList<>();
        Stateful module = Modules.of(
                visitor -> visitor.counter("step", 1L),
                assigner -> assigner.<Long>setter("step", () -> 1L, value -> {
                    thrown.add(new IllegalStateException("boom " + value));
                    throw (IllegalStateException) thrown.get(thrown.size() - 1);
                }));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("step", Tensor.scalar(2))))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("setting back \"step\" threw too (see the suppressed exceptions)");
        assertThat(thrown).hasSize(2);
        assertThat(thrown.get(0).getSuppressed()).containsExactly(thrown.get(1));
    }

    @Test
    void aFailureInTheCommitNamesTheKeyAndTheCauseAndReportsNothingAsApplied() {
        Tensor weight = Tensor.scalar(1);
        Stateful module = Modules.of(
                visitor -> visitor.parameter("weight", weight),
                assigner -> assigner.<Tensor>setter("weight", () -> weight, value -> {
                    if (value != weight) {
                        throw new IllegalArgumentException("read only");
                    }
                }));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("weight", Tensor.scalar(2)), Policy.ALIAS))
                .isInstanceOfSatisfying(StateDictLoadException.class, thrown -> {
                    assertThat(thrown)
                            .hasMessage("Assigning \"weight\" threw java.lang.IllegalArgumentException: read only. The"
                                    + " load was undone: the module is as it was.")
                            .hasCauseInstanceOf(IllegalArgumentException.class);
                    assertThat(thrown.report().applied()).isEmpty();
                });
    }

    @Test
    void whatWasAssignedIsUndoneLastFirst() {
        List<String> log = new ArrayList<>();
        Stateful module = Modules.of(
                visitor -> {
                    visitor.counter("a", 1);
                    visitor.counter("b", 2);
                    visitor.counter("c", 3);
                },
                assigner -> {
                    assigner.<Integer>setter("a", () -> 1, value -> log.add("a=" + value));
                    assigner.<Integer>setter("b", () -> 2, value -> log.add("b=" + value));
                    assigner.<Integer>setter("c", () -> 3, value -> {
                        log.add("c=" + value);
                        if (value != 3) {
                            throw new IllegalStateException("boom");
                        }
                    });
                });

        assertThatThrownBy(() -> module.loadStateDict(
                        Map.of("a", Tensor.scalar(10), "b", Tensor.scalar(20), "c", Tensor.scalar(30))))
                .hasMessageContaining("Assigning \"c\" threw");
        assertThat(log).containsExactly("a=10", "b=20", "c=30", "c=3", "b=2", "a=1");
    }

    @Test
    void anErrorReachesTheCallerAsItIs() {
        Tensor weight = Tensor.scalar(1);
        OutOfMemoryError error = new OutOfMemoryError("none left");
        Stateful module = Modules.of(
                visitor -> visitor.parameter("weight", weight),
                assigner -> assigner.<Tensor>setter("weight", () -> weight, value -> {
                    throw error;
                }));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("weight", Tensor.scalar(2)), Policy.ALIAS))
                .isSameAs(error);
    }

    /** One thing wrong with a dict that is right otherwise. */
    private record Flaw(String name, Map<String, Object> entries) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Flaw> flaws() {
        StateDict state = otherState();
        List<Flaw> flaws = new ArrayList<>();
        for (String key : state.keySet()) {
            if (!key.endsWith("weight") && !key.endsWith("tied")) {
                flaws.add(flaw(state, key + " missing", entries -> entries.remove(key)));
            }
            flaws.add(flaw(state, key + " null", entries -> entries.put(key, null)));
            flaws.add(flaw(state, key + " a string", entries -> entries.put(key, "oops")));
            flaws.add(flaw(state, key + " of another shape", entries -> entries.put(key, Tensor.zeros(7, 7))));
        }
        flaws.add(flaw(state, "both names of a tie missing", entries -> {
            entries.remove("weight");
            entries.remove("tied");
        }));
        flaws.add(flaw(state, "an unexpected key", entries -> entries.put("zz", Tensor.scalar(1))));
        flaws.add(flaw(state, "a key that is no string", entries -> entries.put(null, Tensor.scalar(1))));
        flaws.add(flaw(state, "half a boolean", entries -> entries.put("ready", Tensor.scalar(0.5f))));
        flaws.add(flaw(state, "half an int", entries -> entries.put("child.epoch", Tensor.scalar(0.5f))));
        flaws.add(flaw(state, "no int", entries -> entries.put("epoch", Tensor.scalar(0x1p31f))));
        flaws.add(flaw(state, "no long", entries -> entries.put("step", Tensor.scalar(Float.NaN))));
        return flaws.stream();
    }

    private static Flaw flaw(StateDict state, String name, Consumer<Map<String, Object>> change) {
        Map<String, Object> entries = new LinkedHashMap<>(state);
        change.accept(entries);
        return new Flaw(name, entries);
    }

    @SuppressWarnings("unchecked")
    @Test
    void whicheverKeyIsWrongTheModuleIsAsItWas() {
        // a plain map has no extra state
        LoadOptions options = LoadOptions.strict().allowMissing("*_extra_state");
        for (Policy policy : Policy.values()) {
            new Everything().loadStateDict(new LinkedHashMap<>(otherState()), options.withPolicy(policy));
            flaws().forEach(flaw -> {
                Everything module = new Everything();
                List<Object> before = module.snapshot();
                Map<String, Tensor> state = (Map<String, Tensor>) (Map<String, ?>) flaw.entries();

                assertThatThrownBy(() -> module.loadStateDict(state, options.withPolicy(policy)))
                        .as("%s under %s", flaw, policy)
                        .isInstanceOf(StateDictLoadException.class);
                assertThat(module.snapshot()).as("%s under %s", flaw, policy).isEqualTo(before);
            });
        }
    }

    @Test
    void extraStateOfTheWrongKindLeavesTheModuleAsItWas() {
        Everything module = new Everything();
        List<Object> before = module.snapshot();
        StateDictBuilder state = StateDict.builder().extraState("", Map.of()).extraState("child", "text");
        otherState().forEach(state::put);

        assertThatThrownBy(() -> module.loadStateDict(state.build()))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("While assigning the extra state \"child._extra_state\", expected a Map from"
                        + " StateDict.extraState() but received java.lang.String.");
        assertThat(module.snapshot()).isEqualTo(before);
    }
}
