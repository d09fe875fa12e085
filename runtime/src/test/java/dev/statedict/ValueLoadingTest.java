package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counters and extra state have no storage: they are assigned under either policy. */
class ValueLoadingTest {
    private static final class Counters implements Stateful {
        private boolean ready = true;
        private int epoch = 1;
        private long step = 2;
        private float rate = 0.5f;

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.counter("ready", ready);
            visitor.counter("epoch", epoch);
            visitor.counter("step", step);
            visitor.counter("rate", rate);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            ready = assigner.field("ready", ready);
            epoch = assigner.field("epoch", epoch);
            step = assigner.field("step", step);
            rate = assigner.field("rate", rate);
        }
    }

    private static final class Tokenizer implements Stateful {
        private @Nullable Map<String, String> vocabulary = new HashMap<>(Map.of("hello", "1"));

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.extraState(vocabulary);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            vocabulary = assigner.field(StateAssigner.EXTRA_STATE, vocabulary);
        }
    }

    private static final class Note implements Stateful {
        private @Nullable String text;

        Note(@Nullable String text) {
            this.text = text;
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.extraState(text);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            text = assigner.field(StateAssigner.EXTRA_STATE, text);
        }
    }

    private final Counters counters = new Counters();

    private static Map<String, Tensor> state(float ready, float epoch, float step, float rate) {
        return Map.of(
                "ready", Tensor.scalar(ready),
                "epoch", Tensor.scalar(epoch),
                "step", tensor(step),
                "rate", Tensor.scalar(rate));
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void countersAreAssigned(Policy policy) {
        counters.loadStateDict(state(0, -7, 1e15f, 0.25f), policy);

        assertThat(counters.ready).isFalse();
        assertThat(counters.epoch).isEqualTo(-7);
        assertThat(counters.step).isEqualTo((long) 1e15f);
        assertThat(counters.rate).isEqualTo(0.25f);
    }

    @Test
    void aValueThatTheTypeDoesNotHoldIsAnErrorAndNotRounded() {
        assertThatThrownBy(() -> counters.loadStateDict(state(2, 1.5f, Float.NaN, Float.NaN)))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage("Error(s) in loading state_dict for Counters:\n"
                        + "\tWhile assigning the counter named \"ready\", expected 0 or 1 but received 2.\n"
                        + "\tWhile assigning the counter named \"epoch\", expected an int but received 1.5.\n"
                        + "\tWhile assigning the counter named \"step\", expected a long but received NaN.");
        assertThat(counters.epoch).isEqualTo(1);
    }

    @Test
    void theEndsOfTheIntegersAreExact() {
        counters.loadStateDict(state(1, -0x1p31f, -0x1p63f, 0));
        assertThat(counters.epoch).isEqualTo(Integer.MIN_VALUE);
        assertThat(counters.step).isEqualTo(Long.MIN_VALUE);

        assertThatThrownBy(() -> counters.loadStateDict(state(1, 0x1p31f, 0x1p63f, 0)))
                .hasMessageContaining("expected an int but received 2147483648.")
                .hasMessageContaining("expected a long but received 9223372036854775808.");
    }

    @Test
    void aCounterIsZeroDimensional() {
        Map<String, Tensor> state = new LinkedHashMap<>(state(1, 1, 1, 1));
        state.put("epoch", tensor(1, 2));

        assertThatThrownBy(() -> counters.loadStateDict(state))
                .hasMessage("Error(s) in loading state_dict for Counters:\n"
                        + "\tsize mismatch for epoch: copying a param with shape torch.Size([2]) from checkpoint, the shape"
                        + " in current model is torch.Size([]).");
        assertThat(counters.loadStateDict(state, LoadOptions.strict().skipMismatched("epoch"))
                        .skipped())
                .containsExactly(new LoadReport.Skipped("epoch", List.of(2), List.of()));
    }

    @Test
    void aCounterThatIsNotOfferedIsAnErrorThatSaysWhatToWrite() {
        Stateful module = Modules.visiting(visitor ->
                visitor.submodule("bn", Modules.visiting(child -> child.counter("num_batches_tracked", 1L))));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("bn.num_batches_tracked", Tensor.scalar(2))))
                .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                        + "\tThe value \"bn.num_batches_tracked\" has no storage to copy into, and its module does not offer"
                        + " to assign it: write ... = assigner.field(\"num_batches_tracked\", ...) in assignState.");
    }

    /** A module with boxed numbers in containers, of which it offers none: they are set in place. */
    private record Numbers(List<Integer> steps, Long[] counts, Map<String, Float> rates) implements Stateful {
        @Override
        public void visitState(StateVisitor visitor) {
            visitor.buffers("steps", steps);
            visitor.buffers("counts", counts);
            visitor.parameters("rates", rates);
        }
    }

    private static final Map<String, Tensor> GIVEN_NUMBERS = Map.of(
            "steps.0", Tensor.scalar(7),
            "steps.1", Tensor.scalar(8),
            "counts.0", Tensor.scalar(9),
            "rates.warm", Tensor.scalar(0.25f));

    @ParameterizedTest
    @EnumSource(Policy.class)
    void numbersInContainersAreReplacedThere(Policy policy) {
        Numbers numbers =
                new Numbers(new ArrayList<>(List.of(1, 2)), new Long[] {3L}, new HashMap<>(Map.of("warm", 0.5f)));

        LoadReport report = numbers.loadStateDict(GIVEN_NUMBERS, policy);

        assertThat(numbers.steps).containsExactly(7, 8);
        assertThat(numbers.counts).containsExactly(9L);
        assertThat(numbers.rates).containsExactly(Map.entry("warm", 0.25f));
        assertThat(report.applied()).containsExactly("steps.0", "steps.1", "counts.0", "rates.warm");
    }

    @Test
    void numbersInAnUnmodifiableContainerAreRefusedEach() {
        Numbers numbers = new Numbers(List.of(1, 2), new Long[] {3L}, Map.of("warm", 0.5f));

        assertThatThrownBy(() -> numbers.loadStateDict(GIVEN_NUMBERS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage("Error(s) in loading state_dict for Numbers:\n" + refusedNumber("steps.0")
                        + refusedNumber("steps.1") + refusedNumber("rates.warm").stripTrailing());
        assertThat(numbers.counts).containsExactly(3L);
    }

    private static String refusedNumber(String key) {
        return "\tThe number \"" + key + "\" has no storage to copy into, and its container is unmodifiable: keep it in"
                + " one that can be written to, such as an ArrayList.\n";
    }

    @Test
    void aListUnderTwoNamesHasTheNumbersOfTheLast() {
        List<Integer> steps = new ArrayList<>(List.of(1));
        Stateful twice = Modules.visiting(visitor -> {
            visitor.buffers("a", steps);
            visitor.buffers("b", steps);
        });
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("b.0", Tensor.scalar(6));
        state.put("a.0", Tensor.scalar(5));

        LoadReport report = twice.loadStateDict(state);

        assertThat(steps).containsExactly(6);
        assertThat(report.tied()).isEqualTo(Map.of("a.0", "b.0"));
    }

    @Test
    void extraStateOfferedAsAnotherTypeIsAnErrorBeforeAnythingIsWritten() {
        Stateful module = Modules.of(
                visitor -> visitor.extraState("note"), assigner -> assigner.field(StateAssigner.EXTRA_STATE, 1));
        StateDict state = StateDict.builder().putExtraState("", "text").build();

        assertThatThrownBy(() -> module.loadStateDict(state))
                .hasMessage("Error(s) in loading state_dict for Assigning:\n"
                        + "\tThe module visits \"_extra_state\" as extra state but offers to assign it as Integer:"
                        + " visitState and assignState must agree.");
    }

    @Test
    void aCounterOfferedAsAnotherTypeIsAnErrorBeforeAnythingIsWritten() {
        Stateful module = Modules.of(visitor -> visitor.counter("step", 1L), assigner -> assigner.field("step", 1));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("step", Tensor.scalar(2))))
                .hasMessage("Error(s) in loading state_dict for Assigning:\n"
                        + "\tThe module visits \"step\" as Long but offers to assign it as Integer: visitState and"
                        + " assignState must agree.");
    }

    @Test
    void aModuleThatDropsWhatItIsGivenIsToldSoAndTheLoadIsUndone() {
        long[] epoch = {1};
        Stateful module = Modules.of(
                visitor -> {
                    visitor.counter("epoch", epoch[0]);
                    visitor.counter("step", 1L);
                },
                assigner -> {
                    epoch[0] = assigner.field("epoch", epoch[0]);
                    assigner.field("step", 1L);
                });

        assertThatThrownBy(() -> module.loadStateDict(Map.of("epoch", Tensor.scalar(2), "step", Tensor.scalar(2))))
                .hasMessage(
                        "Assigning \"epoch\", \"step\" threw java.lang.IllegalStateException: assignState does not write"
                                + " what it is given: write ... = assigner.field(\"step\", ...). The load was undone: the module"
                                + " is as it was.");
        assertThat(epoch[0]).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void extraStateIsAssignedAndNeverMutated(Policy policy) {
        Tokenizer tokenizer = new Tokenizer();
        Map<String, String> before = tokenizer.vocabulary;
        StateDict state = StateDict.builder().extraState("", Map.of("bye", "2")).build();

        tokenizer.loadStateDict(state, policy);

        assertThat(tokenizer.vocabulary).isEqualTo(Map.of("bye", "2"));
        assertThat(before).isEqualTo(Map.of("hello", "1"));
    }

    @Test
    void theModuleGetsAMapOfItsOwnWhichItMayGoOnToChange() {
        Tokenizer tokenizer = new Tokenizer();
        Map<String, String> texts = new LinkedHashMap<>(Map.of("bye", "2"));
        StateDict state = StateDict.builder().extraState("", texts).build();
        tokenizer.loadStateDict(state);

        tokenizer.vocabulary.put("more", "3");

        assertThat(state.extraState().get("")).isEqualTo(Map.of("bye", "2"));
        assertThat(texts).isEqualTo(Map.of("bye", "2"));
    }

    @Test
    void theOrderOfAMapOfTextsIsKept() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("z", "1");
        texts.put("a", "2");
        Tokenizer tokenizer = new Tokenizer();

        tokenizer.loadStateDict(StateDict.builder().extraState("", texts).build());

        assertThat(tokenizer.vocabulary.keySet()).containsExactly("z", "a");
    }

    @Test
    void nullIsStateToo() {
        Note note = new Note("some");
        StateDict empty = new Note(null).stateDict();

        assertThat(empty.extraState()).containsEntry("", null);
        note.loadStateDict(empty);

        assertThat(note.text).isNull();
    }

    @Test
    void extraStateFillsAPlaceThatIsNullNow() {
        Note note = new Note(null);

        note.loadStateDict(new Note("some").stateDict());

        assertThat(note.text).isEqualTo("some");
    }

    @Test
    void aMapWithoutExtraStateLacksIt() {
        Stateful module = Modules.visiting(visitor -> visitor.submodule("fc", new Note("some")));

        assertThatThrownBy(() -> module.loadStateDict(Map.of()))
                .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                        + "\tMissing key(s) in state_dict: \"fc._extra_state\". ");
    }

    @Test
    void extraStateIsAppliedThoughSomethingElseIsMissing() {
        Note note = new Note("old");
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("weight", tensor(1));
            visitor.submodule("note", note);
        });
        StateDict state = StateDict.builder().putExtraState("note", "new").build();

        LoadReport report = module.loadStateDict(state, LoadOptions.strict().allowMissing("weight"));

        assertThat(note.text).isEqualTo("new");
        assertThat(report.applied()).containsExactly("note._extra_state");
        assertThat(report.missing()).containsExactly("weight");
    }

    @Test
    void extraStateThatNoModuleHasIsUnexpected() {
        StateDict state = StateDict.builder()
                .put("weight", tensor(1))
                .extraState("fc", "some")
                .build();
        Stateful module = Modules.visiting(visitor -> visitor.parameter("weight", tensor(2)));

        assertThatThrownBy(() -> module.loadStateDict(state))
                .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                        + "\tUnexpected key(s) in state_dict: \"fc._extra_state\". ");
    }

    @Test
    void aTensorInThePlaceOfExtraStateIsAnError() {
        Map<String, Tensor> state = Map.of("_extra_state", tensor(1));

        assertThatThrownBy(() -> new Note("some").loadStateDict(state))
                .hasMessage("Error(s) in loading state_dict for Note:\n"
                        + "\tWhile assigning the extra state \"_extra_state\", expected a String from"
                        + " StateDict.extraState() but received dev.statedict.tensor.Tensor.");
    }

    @Test
    void extraStateAndATensorUnderItsKeyAreTold() {
        StateDict state = StateDict.builder()
                .put("_extra_state", tensor(1))
                .extraState("", "some")
                .build();

        assertThatThrownBy(() -> new Note("some").loadStateDict(state))
                .hasMessage("Error(s) in loading state_dict for Note:\n"
                        + "\tThe key \"_extra_state\" is there twice: as an entry and as extra state; leave out one.\n"
                        + "\tWhile assigning the extra state \"_extra_state\", expected a String from"
                        + " StateDict.extraState() but received dev.statedict.tensor.Tensor.");
    }

    @Test
    void extraStateInThePlaceOfATensorIsAnError() {
        StateDict state = StateDict.builder().extraState("", "some").build();
        Stateful module = Modules.visiting(visitor -> visitor.parameter("weight", tensor(2)));

        assertThatThrownBy(
                        () -> module.loadStateDict(state, LoadOptions.strict().rename("_extra_state", "weight")))
                .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                        + "\tWhile copying the parameter named \"weight\", expected torch.Tensor or Tensor-like object from"
                        + " checkpoint but received extra state");
    }

    @Test
    void extraStateOfTheOtherKindIsAnError() {
        StateDict state = StateDict.builder().extraState("", Map.of()).build();

        assertThatThrownBy(() -> new Note("some").loadStateDict(state))
                .hasMessage("Error(s) in loading state_dict for Note:\n"
                        + "\tWhile assigning the extra state \"_extra_state\", expected a String from"
                        + " StateDict.extraState() but received a Map.");
    }

    @Test
    void aMapOfTextsWithANullIsRefusedWhereItIsMade() {
        Map<String, String> texts = new HashMap<>();
        texts.put("hello", null);

        assertThatThrownBy(() -> StateDict.builder().extraState("fc", texts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the extra state \"fc._extra_state\" must map strings to strings, not hello to null");
    }
}
