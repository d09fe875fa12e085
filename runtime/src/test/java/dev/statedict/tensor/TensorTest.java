package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void aViewSharesStorage() {
        Tensor weight = Tensor.zeros(2, 3);

        weight.select(0, 1).fill(1);

        assertThat(weight.toArray()).containsExactly(0, 0, 0, 1, 1, 1);
    }
}
