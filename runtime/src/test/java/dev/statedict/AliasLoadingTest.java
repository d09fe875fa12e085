package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.statedict.Modules.Linear;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The module takes the dict's tensors in the place of its own (PyTorch's {@code assign=True}). */
class AliasLoadingTest {
    private final Tensor given = tensor(5, 6);

    @Test
    void theFieldBecomesTheDictsVeryTensor() {
        Linear linear = new Linear(tensor(1, 2), tensor(3));
        Map<String, Tensor> state = Map.of("weight", given, "bias", tensor(7));

        linear.loadStateDict(state, Policy.ALIAS);
        given.fill(9);

        assertThat(linear.weight).isSameAs(given);
        assertThat(linear.weight.toArray()).containsExactly(9, 9);
    }

    @Test
    void olderAliasDictsNoLongerFollow() {
        Linear linear = new Linear(tensor(1, 2), null);
        StateDict older = linear.stateDict();

        linear.loadStateDict(Map.of("weight", given), Policy.ALIAS);

        assertThat(older.get("weight").toArray()).containsExactly(1, 2);
    }

    @Test
    void theDictIsNeverTouched() {
        Linear linear = new Linear(tensor(1, 2), tensor(3));
        StateDict state = StateDict.of(Map.of("weight", given, "bias", tensor(7)));
        StateDict before = state.copy();

        linear.loadStateDict(state, Policy.ALIAS);

        assertThat(state.contentEquals(before)).isTrue();
    }

    private static String refusal(Object member, Tensor given) {
        Stateful module = Modules.of(
                visitor -> {
                    if (member instanceof float[] array) {
                        visitor.parameter("w", array);
                    } else {
                        visitor.parameter("w", (float[][]) member);
                    }
                },
                assigner -> assigner.field("w", member));
        return catchThrowableOfType(
                        StateDictLoadException.class, () -> module.loadStateDict(Map.of("w", given), Policy.ALIAS))
                .getMessage()
                .substring("Error(s) in loading state_dict for Assigning:\n\t".length());
    }

    @Test
    void anArrayTakesTheWholeOfAnotherAlone() {
        String expected =
                "While assigning the array named \"w\", expected a tensor that is the whole of its storage but"
                        + " received ";

        assertThat(refusal(new float[2], tensor(1, 2, 3).narrow(0, 1, 2)))
                .isEqualTo(expected + "a view of shape [2] at offset 1 of 3 elements. Load it with Policy.COPY.");
        assertThat(refusal(new float[2], Tensor.wrap(new float[2][1]).reshape(2)))
                .isEqualTo(expected + "one of shape [2] on 2 rows. Load it with Policy.COPY.");
    }

    @Test
    void anArrayOfArraysTakesRowsAlone() {
        String expected = "While assigning the array of arrays named \"w\", expected a tensor on rows, all of them, as"
                + " deep as the array, but received one of shape [2, 2] on ";

        assertThat(refusal(new float[2][2], Tensor.zeros(2, 2)))
                .isEqualTo(expected + "one array. Load it with Policy.COPY.");
        assertThat(refusal(new float[2][2], Tensor.wrap(new float[2][2]).transpose(0, 1)))
                .isEqualTo(expected + "2 rows. Load it with Policy.COPY.");
    }

    @Test
    void aScalarBecomesAViewOfAOneElementVector() {
        Linear linear = new Linear(Tensor.scalar(1), null);
        Tensor vector = tensor(5);

        linear.loadStateDict(Map.of("weight", vector), Policy.ALIAS);

        assertThat(linear.weight.shape()).isEmpty();
        assertThat(linear.weight.sharesStorageWith(vector)).isTrue();
    }

    @Test
    void aCrossedDictIsATrueSwap() {
        Linear linear = new Linear(tensor(1), tensor(2));
        Tensor weight = linear.weight;
        Tensor bias = linear.bias;

        linear.loadStateDict(Map.of("weight", bias, "bias", weight), Policy.ALIAS);

        assertThat(linear.weight).isSameAs(bias);
        assertThat(linear.bias).isSameAs(weight);
    }

    @Test
    void elementsAreAssignedInTheirContainer() {
        List<Tensor> list = new ArrayList<>(Arrays.asList(null, tensor(1, 2)));
        Tensor[] array = {tensor(1, 2)};
        Map<String, Tensor> map = new LinkedHashMap<>(Map.of("x", tensor(1, 2)));
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameters("list", list);
            visitor.parameters("array", array);
            visitor.parameters("map", map);
        });

        module.loadStateDict(Map.of("list.1", given, "array.0", given, "map.x", given), Policy.ALIAS);

        assertThat(list.get(1)).isSameAs(given);
        assertThat(array[0]).isSameAs(given);
        assertThat(map.get("x")).isSameAs(given);
    }

    @Test
    void anOptionalIsReplacedByOneOfTheDictsTensor() {
        List<Optional<Tensor>> field = new ArrayList<>(List.of(Optional.of(tensor(1, 2))));
        Stateful module = Modules.of(
                visitor -> visitor.parameter("maybe", field.get(0)),
                assigner -> field.set(0, assigner.field("maybe", field.get(0))));

        module.loadStateDict(Map.of("maybe", given), Policy.ALIAS);

        assertThat(field.get(0)).containsSame(given);
    }

    /** A module with one field that is an array. */
    private static final class Rates implements Stateful {
        private float[] rates = {1, 2};

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("rates", rates);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            rates = assigner.field("rates", rates);
        }
    }

    @Test
    void anArrayFieldAdoptsTheDictsArray() {
        Rates module = new Rates();

        module.loadStateDict(Map.of("rates", given), Policy.ALIAS);

        assertThat(module.rates).isSameAs(given.storage());
    }

    @Test
    void anArrayFieldCannotAdoptAPartOfAnArray() {
        Rates module = new Rates();

        assertThatThrownBy(() ->
                        module.loadStateDict(Map.of("rates", tensor(1, 2, 3).narrow(0, 1, 2)), Policy.ALIAS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage("Error(s) in loading state_dict for Rates:\n"
                        + "\tWhile assigning the array named \"rates\", expected a tensor that is the whole of its storage"
                        + " but received a view of shape [2] at offset 1 of 3 elements. Load it with Policy.COPY.");
        assertThat(module.rates).containsExactly(1, 2);
    }

    @Test
    void whatCannotBeAssignedIsListedAsAWhole() {
        Linear assignable = new Linear(tensor(1, 2), null);
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("final", tensor(1, 2));
            visitor.submodule("fc", assignable);
            visitor.parameters("list", List.of(tensor(1, 2)));
            visitor.parameters("map", Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("x", tensor(1, 2)))));
        });
        Tensor weight = assignable.weight;

        assertThatThrownBy(() -> module.loadStateDict(
                        Map.of("final", given, "fc.weight", given, "list.0", given, "map.x", given), Policy.ALIAS))
                .isInstanceOfSatisfying(StateDictLoadException.class, thrown -> {
                    assertThat(thrown)
                            .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                                    + "\tMember(s) that cannot be assigned: \"final\", \"list.0\", \"map.x\". They are final,"
                                    + " private or a method without a setter, an AsTensor, or in an unmodifiable container:"
                                    + " load them with Policy.COPY, or make them assignable.");
                    assertThat(thrown.report().problems())
                            .containsExactly(
                                    "The member \"final\" cannot be assigned.",
                                    "The member \"list.0\" cannot be assigned.",
                                    "The member \"map.x\" cannot be assigned.");
                });
        assertThat(assignable.weight).isSameAs(weight);
    }

    @Test
    void onlyWhatTheDictHasMustBeAssignable() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("final", tensor(1, 2));
            visitor.submodule("fc", new Linear(tensor(1, 2), null));
        });

        LoadReport report = module.loadStateDict(
                Map.of("fc.weight", given), LoadOptions.lenient().withPolicy(Policy.ALIAS));

        assertThat(report.applied()).containsExactly("fc.weight");
    }

    @Test
    void aContainerThatThrowsIsNamed() {
        List<Tensor> list = new ArrayList<>(List.of(tensor(1, 2))) {
            private static final long serialVersionUID = 1;

            @Override
            public Tensor set(int index, Tensor element) {
                throw new IllegalStateException("frozen");
            }
        };
        Stateful module = Modules.visiting(visitor -> visitor.parameters("list", list));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("list.0", given), Policy.ALIAS))
                .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                        + "\tAssigning \"list.0\" threw java.lang.IllegalStateException: frozen.");
    }

    @Test
    void aModuleThatOffersSomethingElseThanItVisitsIsToldSo() {
        Stateful module = Modules.of(
                visitor -> visitor.parameter("weight", tensor(1, 2)), assigner -> assigner.field("weight", "text"));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("weight", given), Policy.ALIAS))
                .hasMessage("Error(s) in loading state_dict for Assigning:\n"
                        + "\tThe module visits \"weight\" as a tensor but offers to assign it as String: visitState and"
                        + " assignState must agree.");
    }

    @Test
    void aSetterIsUsedWhereTheModuleOffersOne() {
        List<Tensor> set = new ArrayList<>(List.of(tensor(1, 2)));
        Stateful module = Modules.of(
                visitor -> visitor.parameter("weight", set.get(0)),
                assigner -> assigner.<Tensor>setter("weight", () -> set.get(0), value -> set.set(0, value)));

        module.loadStateDict(Map.of("weight", given), Policy.ALIAS);

        assertThat(set).containsExactly(given);
    }
}
