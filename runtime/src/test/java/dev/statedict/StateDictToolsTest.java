package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Modules.Linear;
import dev.statedict.arithmetic.StateDictMath;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tools that make dicts of dicts by their keys keep the tensors, their roles and the policy. */
class StateDictToolsTest {
    private final Linear fc = new Linear(tensor(1, 2), tensor(3));
    private final Stateful module = Modules.visiting(visitor -> {
        visitor.extraState("root note");
        visitor.counter("step", 4L);
        visitor.submodule("fc", fc);
        visitor.submodule("tokenizer", Modules.visiting(tokenizer -> tokenizer.extraState("note")));
    });
    private final StateDict dict = module.stateDict();

    @Test
    void withPrefix() {
        StateDict prefixed = dict.withPrefix("model.");

        assertThat(prefixed.keySet()).containsExactly("model.step", "model.fc.weight", "model.fc.bias");
        assertThat(prefixed.extraState()).isEqualTo(Map.of("model", "root note", "model.tokenizer", "note"));
        assertThat(prefixed.get("model.fc.weight")).isSameAs(fc.weight);
        assertThat(prefixed.role("model.step")).isEqualTo(Role.COUNTER);
        assertThat(prefixed.storedType("model.step")).isEqualTo(StoredType.I64);
        assertThat(prefixed.policy()).isEqualTo(Policy.ALIAS);
    }

    @Test
    void aBuilderOfADictKeepsAllButTheEntryThatIsReplaced() {
        Tensor other = tensor(5, 6);

        StateDict replaced = dict.toBuilder()
                .replace("fc.weight", other)
                .replace("step", tensor(9))
                .build();

        assertThat(replaced.keySet()).containsExactly("step", "fc.weight", "fc.bias");
        assertThat(replaced.get("fc.weight")).isSameAs(other);
        assertThat(replaced.get("fc.bias")).isSameAs(fc.bias);
        assertThat(replaced.role("step")).isEqualTo(Role.COUNTER);
        assertThat(replaced.storedType("step")).isEqualTo(StoredType.I64);
        assertThat(replaced.extraState()).isEqualTo(dict.extraState());
        assertThat(replaced.versions()).isEqualTo(dict.versions());
        assertThat(replaced.policy()).isEqualTo(Policy.ALIAS);
        assertThat(dict.get("fc.weight")).isSameAs(fc.weight);
        assertThat(dict.copy().toBuilder().build().policy()).isEqualTo(Policy.COPY);
    }

    @Test
    void aBuilderReplacesOnlyWhatIsThere() {
        assertThatThrownBy(() -> dict.toBuilder().replace("fc.wieght", tensor(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no key \"fc.wieght\" to replace; put adds one");
    }

    @Test
    void withoutPrefixChangesTheKeysThatHaveIt() {
        StateDict mixed = StateDict.builder()
                .put("module.a", tensor(1))
                .put("b", tensor(2))
                .build();

        assertThat(mixed.withoutPrefix("module.").keySet()).containsExactly("a", "b");
    }

    @Test
    void twoKeysMayNotBecomeOne() {
        StateDict mixed = StateDict.builder()
                .put("module.a", tensor(1))
                .put("a", tensor(2))
                .build();

        assertThatThrownBy(() -> mixed.withoutPrefix("module."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key \"a\" is there already");
        assertThatThrownBy(() -> mixed.rename("module.a", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void subIsThePartOfOneSubmodule() {
        assertThat(dict.sub("fc")).containsExactly(Map.entry("weight", fc.weight), Map.entry("bias", fc.bias));
        assertThat(dict.sub("tokenizer").extraState()).isEqualTo(Map.of("", "note"));
        assertThat(dict.sub("f")).isEmpty();
        assertThat(dict.sub("")).isSameAs(dict);
    }

    @Test
    void aSubDictLoadsIntoTheSubmodule() {
        Linear other = new Linear(tensor(0, 0), tensor(0));

        other.loadStateDict(dict.sub("fc"));

        assertThat(other.weight.toArray()).containsExactly(1, 2);
    }

    @Test
    void filterIsToldExtraStateByItsKeyToo() {
        StateDict filtered = dict.filter(key -> key.startsWith("fc.w") || key.equals("tokenizer._extra_state"));

        assertThat(filtered.keySet()).containsExactly("fc.weight");
        assertThat(filtered.extraState()).isEqualTo(Map.of("tokenizer", "note"));
    }

    @Test
    void renameIsOfAKeyOrOfAllBelowAPath() {
        assertThat(dict.rename("fc.bias", "fc.b").keySet()).containsExactly("step", "fc.weight", "fc.b");
        assertThat(dict.rename("fc", "head").keySet()).containsExactly("step", "head.weight", "head.bias");
        assertThat(dict.rename("tokenizer", "tokens").extraState())
                .isEqualTo(Map.of("", "root note", "tokens", "note"));
        assertThat(dict.rename("f", "g")).isEqualTo(dict);
    }

    @Test
    void extraStateCannotTakeTheKeyOfAnEntry() {
        assertThatThrownBy(() -> dict.rename("tokenizer._extra_state", "tokenizer.note"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the extra state \"tokenizer._extra_state\" would become \"tokenizer.note\", which is no key of"
                                + " extra state; keep its last name \"_extra_state\"");
        assertThatThrownBy(() -> dict.withPrefix("model"))
                .hasMessageContaining("\"_extra_state\" would become \"model_extra_state\"");
    }

    @Test
    void unionIsInOrderAndItsConflictsAreAllNamed() {
        StateDict other = StateDict.builder()
                .put("x", tensor(1))
                .put("step", tensor(1))
                .put("fc.bias", tensor(1))
                .extraState("tokenizer", "other")
                .build();

        assertThat(dict.union(other.filter("x"::equals)).keySet()).containsExactly("step", "fc.weight", "fc.bias", "x");
        assertThatThrownBy(() -> dict.union(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "both dicts have \"step\", \"fc.bias\", \"tokenizer._extra_state\"; filter or rename the keys"
                                + " of one of them first");
    }

    @Test
    void aUnionWithSomethingLiveIsLive() {
        StateDict still = StateDict.of(Map.of("x", tensor(1)));

        assertThat(dict.union(still).policy()).isEqualTo(Policy.ALIAS);
        assertThat(still.union(dict).policy()).isEqualTo(Policy.ALIAS);
        assertThat(still.union(dict.copy()).policy()).isEqualTo(Policy.COPY);
    }

    @Test
    void copyIsASnapshotOfEverything() {
        StateDict copy = dict.copy();
        fc.weight.fill(9);

        assertThat(copy.get("fc.weight").toArray()).containsExactly(1, 2);
        assertThat(copy.policy()).isEqualTo(Policy.COPY);
        assertThat(copy.extraState()).isEqualTo(dict.extraState());
        assertThat(copy.role("step")).isEqualTo(Role.COUNTER);
        assertThat(copy.storedType("step")).isEqualTo(StoredType.I64);
    }

    @Test
    void copyToRefreshesASnapshotInItsOwnTensors() {
        StateDict snapshot = dict.copy();
        Tensor weight = snapshot.get("fc.weight");
        fc.weight.fill(9);

        module.stateDict().copyTo(snapshot);

        assertThat(snapshot.get("fc.weight")).isSameAs(weight);
        assertThat(weight.toArray()).containsExactly(9, 9);
    }

    @Test
    void copyToRefreshesCountersToo() {
        long[] step = {1};
        Stateful counting = Modules.visiting(visitor -> visitor.counter("step", step[0]));
        StateDict snapshot = counting.stateDict(Policy.COPY);
        step[0] = 2;

        counting.stateDict().copyTo(snapshot);

        assertThat(snapshot.get("step").item()).isEqualTo(2);
    }

    @Test
    void copyToNamesAllDifferencesAndWritesNothing() {
        StateDict target = StateDict.builder()
                .put("step", tensor(1))
                .put("fc.weight", tensor(7, 7))
                .put("x", tensor(1))
                .extraState("", "root note")
                .extraState("tokenizer", "note")
                .build();

        assertThatThrownBy(() -> dict.copyTo(target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the dicts differ: \"step\" has shape [] in the first and [1] in the second, \"fc.bias\" is in"
                                + " the first alone, \"x\" is in the second alone");
        assertThat(target.get("fc.weight").toArray()).containsExactly(7, 7);
    }

    @Test
    void copyToDoesNotLeaveExtraStateBehindInSilence() {
        String[] note = {"old"};
        Stateful noted = Modules.visiting(visitor -> visitor.extraState(note[0]));
        StateDict snapshot = noted.stateDict(Policy.COPY);
        note[0] = "new";

        assertThatThrownBy(() -> noted.stateDict().copyTo(snapshot))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the extra state differs: \"_extra_state\"; it cannot be written in place, so take a new copy()");
    }

    @Test
    void valuesOfOneVersionDoNotComeUnderTheNumberOfAnother() {
        StateDict current = versioned(5, 3);
        StateDict old = versioned(3, 1);
        String message = "the dicts differ: the root module has version 2 in the first and 1 in the second, the module"
                + " \"fc\" has version 3 in the first and 1 in the second; load the dict of the earlier version into a"
                + " module, which migrates it, and take that module's stateDict()";

        assertThatThrownBy(() -> current.copyTo(old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> current.lerp(old, 0.5)).hasMessage(message);
        assertThatThrownBy(() -> StateDict.average(List.of(current, old))).hasMessage(message);
        assertThatThrownBy(() -> StateDictMath.lerpInPlace(current, old, 0.5)).hasMessage(message);
        assertThat(old.get("w").item()).isEqualTo(3);
    }

    @Test
    void ofManyDictsAllAreComparedWithAll() {
        StateDict plain = StateDict.builder().put("w", tensor(1)).build();
        List<StateDict> dicts = List.of(plain, versioned(2, 1), plain, versioned(3, 3));
        String message = "the dicts differ: the root module has version 1 in the second and 2 in the fourth, the module"
                + " \"fc\" has version 1 in the second and 3 in the fourth; load the dict of the earlier version into a"
                + " module, which migrates it, and take that module's stateDict()";

        assertThatThrownBy(() -> StateDict.average(dicts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> StateDictMath.averageInPlace(plain.copy(), dicts, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        List<StateDict> old = List.of(versioned(2, 1), versioned(3, 1));
        assertThatThrownBy(() -> StateDictMath.averageInPlace(versioned(9, 3), old, 1, 1))
                .hasMessageStartingWith("the dicts differ: the root module has version 2 in the target and 1 in the"
                        + " first, the module \"fc\" has version 3 in the target and 1 in the first, the root module has"
                        + " version 2 in the target and 1 in the second,");
        List<StateDict> many = new ArrayList<>(Collections.nCopies(11, plain));
        many.set(10, StateDict.of(Map.of("w", tensor(1, 2))));
        assertThatThrownBy(() -> StateDict.average(many))
                .hasMessage("the dicts differ: \"w\" has shape [1] in the first and [2] in the 11.");
    }

    private static StateDict versioned(float value, int fc) {
        return StateDict.builder()
                .put("w", tensor(value))
                .version("", Math.min(fc, 2))
                .version("fc", fc)
                .build();
    }

    @Test
    void aVersionThatIsNotNamedIsOneAndADictThatNamesNoneFitsAny() {
        StateDict plain = StateDict.builder().put("w", tensor(1)).build();
        StateDict one = StateDict.builder().put("w", tensor(2)).version("", 1).build();

        versioned(3, 1).copyTo(one);
        assertThat(one.get("w").item()).isEqualTo(3);
        versioned(4, 3).copyTo(plain);
        assertThat(plain.get("w").item()).isEqualTo(4);
        assertThat(plain.lerp(versioned(6, 3), 0.5).get("w").item()).isEqualTo(5);
    }

    @Test
    void copyToDoesNotSayThatItSetCountersOfALiveDict() {
        long[] step = {3};
        Tensor weight = tensor(1);
        Stateful counting = Modules.visiting(visitor -> {
            visitor.parameter("w", weight);
            visitor.counter("step", step[0]);
        });
        StateDict best = counting.stateDict(Policy.COPY);
        weight.fill(9);
        best.copyTo(counting.stateDict(Policy.ALIAS));
        assertThat(weight.item()).isEqualTo(1);
        weight.fill(9);
        step[0] = 10;

        assertThatThrownBy(() -> best.copyTo(counting.stateDict(Policy.ALIAS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the target is live, and its counters cannot be set: \"step\"; loadStateDict sets those of a"
                                + " module");
        assertThat(weight.item()).isEqualTo(9);
    }

    @Test
    void copyToDoesNotSayThatItSetPrimitivesOfALiveDict() {
        float[] scale = {3};
        long[] step = {3};
        Stateful scaled = Modules.visiting(visitor -> {
            visitor.parameter("scale", scale[0]);
            visitor.counter("step", step[0]);
        });
        StateDict best = scaled.stateDict(Policy.COPY);
        best.copyTo(scaled.stateDict(Policy.ALIAS));
        scale[0] = 9;
        step[0] = 10;
        String message = "the target is live, and its primitives cannot be set: \"scale\", \"step\"; loadStateDict sets"
                + " those of a module";

        assertThatThrownBy(() -> best.copyTo(scaled.stateDict(Policy.ALIAS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> best.copyTo(
                        scaled.stateDict(Policy.ALIAS).withPrefix("m.").withoutPrefix("m.")))
                .hasMessage(message);
        StateDict later = scaled.stateDict(Policy.COPY);
        best.copyTo(later);
        assertThat(later.get("scale").item()).isEqualTo(3);
        // and a parameter that is a tensor without dimensions is one
        Tensor weight = tensor(9).select(0, 0);
        StateDict.builder()
                .put("w", Tensor.scalar(2))
                .build()
                .copyTo(Modules.visiting(visitor -> visitor.parameter("w", weight))
                        .stateDict(Policy.ALIAS));
        assertThat(weight.item()).isEqualTo(2);
    }

    @Test
    void copyToReadsAllBeforeItWrites() {
        Tensor a = tensor(1);
        Tensor b = tensor(2);
        StateDict source = StateDict.builder().put("x", a).put("y", b).build();
        StateDict target = StateDict.builder().put("x", b).put("y", a).build();

        source.copyTo(target);

        assertThat(b.item()).isEqualTo(1);
        assertThat(a.item()).isEqualTo(2);
    }

    @Test
    void lerpMovesFloatsAndLeavesCountsAndIntegersAlone() {
        StateDict start = counted(tensor(0, 10), 1);
        StateDict end = counted(tensor(10, 20), 3);

        StateDict moved = start.lerp(end, 0.25f);

        assertThat(moved.get("w").toArray()).containsExactly(2.5f, 12.5f);
        assertThat(moved.get("f16").item()).isEqualTo(1.5f);
        assertThat(moved.get("step").item()).isEqualTo(1);
        assertThat(moved.get("ids").item()).isEqualTo(1);
        assertThat(moved.policy()).isEqualTo(Policy.COPY);
        assertThat(start.get("w").toArray()).as("the dict itself stays").containsExactly(0, 10);
    }

    private static StateDict counted(Tensor weight, int count) {
        return StateDict.builder()
                .put("w", weight)
                .put("f16", tensor(count), Role.BUFFER, StoredType.F16)
                .put("step", Tensor.scalar(count), Role.COUNTER, StoredType.I64)
                .put("ids", tensor(count), Role.BUFFER, StoredType.I32)
                .build();
    }

    @Test
    void averageIsTheMeanOfFloatsInDoublePrecision() {
        StateDict one = counted(tensor(16_777_216, 1), 1);
        StateDict two = counted(tensor(1, 3), 2);
        StateDict three = counted(tensor(1, 5), 3);

        StateDict mean = StateDict.average(List.of(one, two, three));

        assertThat(mean.get("w").toArray()).containsExactly((float) (16_777_218 / 3.0), 3);
        assertThat(mean.get("step").item()).as("that of the first").isEqualTo(1);
        assertThat(mean.get("ids").item()).isEqualTo(1);
    }

    @Test
    void averageOfNothingIsRefused() {
        assertThatThrownBy(() -> StateDict.average(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no average of no dicts; give at least one");
    }

    @Test
    void arithmeticNeedsEqualKeysAndShapes() {
        StateDict other = counted(tensor(1, 2, 3), 1).filter(key -> !key.equals("ids"));

        assertThatThrownBy(() -> counted(tensor(1, 2), 1).lerp(other, 0.5f))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the dicts differ: \"w\" has shape [2] in the first and [3] in the second, \"ids\" is in the"
                                + " first alone");
        assertThatThrownBy(() -> StateDict.average(List.of(counted(tensor(1, 2), 1), other)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tiesStayTiesInComputedDicts() {
        Tensor shared = tensor(0, 0);
        StateDict tied = StateDict.builder().put("a", shared).put("b", shared).build();
        StateDict end = StateDict.builder()
                .put("a", tensor(2, 2))
                .put("b", tensor(4, 4))
                .build();

        StateDict moved = tied.lerp(end, 0.5f);

        assertThat(moved.get("a").sharesStorageWith(moved.get("b"))).isTrue();
        assertThat(moved.get("a").sharesStorageWith(shared)).isFalse();
        assertThat(moved.get("a").toArray()).as("as in loading, the last wins").containsExactly(2, 2);
    }
}
