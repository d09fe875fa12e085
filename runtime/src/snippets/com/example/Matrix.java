package com.example;

import dev.statedict.tensor.AsTensor;
import dev.statedict.tensor.Tensor;

// @start region="as-tensor"
public final class Matrix implements AsTensor {
    final int rows;
    final int columns;
    final double[] data;

    Matrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.data = new double[rows * columns];
    }

    @Override
    public Tensor asTensor() {
        return Tensor.wrap(data, rows, columns);
    }
}
// @end
