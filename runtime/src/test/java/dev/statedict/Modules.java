package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Modules written by hand, as a class without the annotation processor would be. */
final class Modules {
    private Modules() {}

    /** A one-dimensional tensor. */
    static Tensor tensor(float... values) {
        return Tensor.wrap(values, values.length);
    }

    /** {@code Linear(in, out)}: weight [out, in] and, unless null, bias [out]. */
    static final class Linear implements Stateful {
        Tensor weight;

        @Nullable
        Tensor bias;

        Linear(Tensor weight, @Nullable Tensor bias) {
            this.weight = weight;
            this.bias = bias;
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("weight", weight);
            visitor.parameter("bias", bias);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            weight = assigner.field("weight", weight);
            bias = assigner.field("bias", bias);
        }
    }

    /** A module whose members are told by a lambda, anew each time; nothing in it can be assigned. */
    static Stateful visiting(Consumer<StateVisitor> members) {
        return new Visiting(members);
    }

    private record Visiting(Consumer<StateVisitor> members) implements Stateful {
        @Override
        public void visitState(StateVisitor visitor) {
            visitor.fields(this);
            members.accept(visitor);
        }
    }

    /** A module whose members are told and offered by lambdas. */
    static Stateful of(Consumer<StateVisitor> members, Consumer<StateAssigner> slots) {
        return new Assigning(members, slots);
    }

    private record Assigning(Consumer<StateVisitor> members, Consumer<StateAssigner> slots) implements Stateful {
        @Override
        public void visitState(StateVisitor visitor) {
            visitor.fields(this);
            members.accept(visitor);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            slots.accept(assigner);
        }
    }
}
