package dev.statedict.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ParameterVectorTest {
    private static final StateDict PYTORCH = PytorchArithmetic.load();

    @Test
    void theVectorIsPytorchs() {
        Network model = new Network();
        model.loadStateDict(PYTORCH.sub("4.model"));
        Tensor vector = ParameterVector.parametersToVector(model.namedParameters());
        assertThat(vector.shape()).containsExactly(50);
        assertThat(vector.toArray()).containsExactly(PYTORCH.get("vector").toArray());
    }

    @Test
    void aVectorIsSeenUnderTheKeysOfParametersAndAsAVectorAgain() {
        StateDict parameters = StateDict.builder()
                .put("a", Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2).transpose(0, 1))
                .put("none", Tensor.zeros(0))
                .put("b", Tensor.scalar(5))
                .build();
        assertThat(ParameterVector.parametersAsVector(parameters)).isEmpty();

        Tensor vector = ParameterVector.parametersToVector(parameters);
        assertThat(vector.toArray()).containsExactly(1, 3, 2, 4, 5);
        StateDict views = ParameterVector.vectorToParameters(vector, parameters);
        assertThat(views.contentEquals(parameters)).isTrue();
        vector.fill(7);
        assertThat(views.get("b").item()).isEqualTo(7);

        Tensor again = ParameterVector.parametersAsVector(views).orElseThrow();
        assertThat(again.storageOffset()).isEqualTo(vector.storageOffset());
        assertThat(again.shape()).isEqualTo(vector.shape());
        assertThat(again.strides()).isEqualTo(vector.strides());
        assertThat(again.sharesStorageWith(vector)).isTrue();
    }

    @Test
    void aPartOfAVectorIsAVectorAndWhatLiesOtherwiseIsNone() {
        Tensor storage = Tensor.zeros(10);
        StateDict adjacent = StateDict.builder()
                .put("a", storage.narrow(0, 2, 4).reshape(2, 2))
                .put("b", storage.narrow(0, 6, 3))
                .build();
        Tensor vector = ParameterVector.parametersAsVector(adjacent).orElseThrow();
        assertThat(vector.storageOffset()).isEqualTo(2);
        assertThat(vector.numel()).isEqualTo(7);

        StateDict apart = StateDict.builder()
                .put("a", storage.narrow(0, 2, 3))
                .put("b", storage.narrow(0, 6, 3))
                .build();
        assertThat(ParameterVector.parametersAsVector(apart)).isEmpty();
        assertThat(ParameterVector.parametersAsVector(StateDict.builder().build()))
                .isEmpty();
    }

    @Test
    void doublesMakeAVectorOfDoublesAndSeveralTypesNone() {
        StateDict doubles = StateDict.builder()
                .put("a", Tensor.wrap(new double[][] {{1, 2}, {3, 4}}))
                .put("b", Tensor.scalar(5.0))
                .build();
        Tensor vector = ParameterVector.parametersToVector(doubles);
        assertThat(vector.toDoubleArray()).containsExactly(1, 2, 3, 4, 5);
        assertThat(ParameterVector.parametersAsVector(doubles)).isEmpty();
        assertThat(ParameterVector.parametersAsVector(ParameterVector.vectorToParameters(vector, doubles)))
                .isPresent();

        StateDict mixed = StateDict.builder()
                .put("a", Tensor.scalar(1f))
                .put("b", Tensor.scalar(1.0))
                .build();
        assertThatThrownBy(() -> ParameterVector.parametersToVector(mixed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a vector has elements of one type, and these parameters are [F32, F64];"
                        + " convert or filter them");
    }

    @Test
    void aVectorOfAnotherShapeIsRefused() {
        StateDict parameters = StateDict.builder().put("a", Tensor.zeros(2, 3)).build();
        assertThatThrownBy(() -> ParameterVector.vectorToParameters(Tensor.zeros(2, 3), parameters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the vector has shape [2, 3]; these parameters take one of shape [6]");
    }
}
