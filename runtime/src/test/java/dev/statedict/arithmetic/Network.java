package dev.statedict.arithmetic;

import dev.statedict.StateAssigner;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;

/** {@code torch.nn.Sequential(torch.nn.Linear(7, 5), torch.nn.BatchNorm1d(5))}, as far as its state goes. */
final class Network implements Stateful {
    private static final class Linear implements Stateful {
        final Tensor weight = Tensor.zeros(5, 7);
        final Tensor bias = Tensor.zeros(5);

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("weight", weight);
            visitor.parameter("bias", bias);
        }
    }

    private static final class BatchNorm implements Stateful {
        final Tensor weight = Tensor.zeros(5);
        final Tensor bias = Tensor.zeros(5);
        final Tensor runningMean = Tensor.zeros(5);
        final Tensor runningVar = Tensor.zeros(5);
        long numBatchesTracked;

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("weight", weight);
            visitor.parameter("bias", bias);
            visitor.buffer("running_mean", runningMean);
            visitor.buffer("running_var", runningVar);
            visitor.counter("num_batches_tracked", numBatchesTracked);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            numBatchesTracked = assigner.field("num_batches_tracked", numBatchesTracked);
        }
    }

    private final Linear linear = new Linear();
    private final BatchNorm norm = new BatchNorm();

    @Override
    public void visitState(StateVisitor visitor) {
        visitor.submodule("0", linear);
        visitor.submodule("1", norm);
    }
}
