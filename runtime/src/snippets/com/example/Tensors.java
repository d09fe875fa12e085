package com.example;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.TensorMath;

/** Tensors, and their arithmetic. */
final class Tensors {
    private Tensors() {}

    static void make(float[] array, double[][] rows) {
        // @start region="tensor"
        Tensor weight = Tensor.zeros(2, 3);    // [out, in]
        Tensor row = weight.select(0, 1);      // a view
        row.fill(1);                           // weight is [[0, 0, 0], [1, 1, 1]]
        Tensor vector = Tensor.wrap(array, 4); // shares the array
        Tensor matrix = Tensor.wrap(rows);     // shares the rows of a double[][]: F64, [rows.length, rows[0].length]
        Tensor number = Tensor.scalar(0.5f);   // 0-d: no dimensions, one element
        // @end
    }

    static void compute(Tensor x, Tensor weight, Tensor bias, Tensor logits, Tensor gradient, float learningRate) {
        // @start region="math"
        TensorMath.matmul(x, weight.transpose(0, 1), logits); // [batch, in] x [in, out] -> [batch, out]
        TensorMath.addInPlace(logits, bias);                  // bias, [out], goes to every row
        TensorMath.addInPlace(weight, gradient, -learningRate);
        // @end
    }
}
