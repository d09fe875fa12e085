package dev.statedict.io;

import dev.statedict.StateAssigner;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model, its optimizer and its progress, which a training has, as plain as they can be. */
final class Learner {
    static final class Model implements Stateful {
        final Tensor weight;

        Model(int size) {
            weight = Tensor.zeros(size);
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("weight", weight);
        }
    }

    static final class Progress implements Stateful {
        long step;
        String note = "";

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.counter("step", step);
            visitor.extraState(note);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            step = assigner.field("step", step);
            note = assigner.field(StateAssigner.EXTRA_STATE, note);
        }
    }

    final Model model;
    final Model momentum;
    final Progress progress = new Progress();

    Learner(int size) {
        model = new Model(size);
        momentum = new Model(size);
    }

    /** All that it takes to go on. */
    Map<String, Stateful> parts() {
        Map<String, Stateful> parts = new LinkedHashMap<>();
        parts.put("model", model);
        parts.put("optimizer", momentum);
        parts.put("progress", progress);
        return parts;
    }

    /** Goes on by a step, after which everything tells which it was. */
    void step() {
        progress.step++;
        progress.note = "after step " + progress.step;
        model.weight.fill(progress.step);
        momentum.weight.fill(-progress.step);
    }

    void train(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    /** The step that everything tells. */
    long requireWhole() {
        for (float weight : model.weight.toArray()) {
            require(weight == progress.step);
        }
        for (float velocity : momentum.weight.toArray()) {
            require(velocity == -progress.step);
        }
        require(progress.note.equals(progress.step == 0 ? "" : "after step " + progress.step));
        return progress.step;
    }

    private void require(boolean same) {
        if (!same) {
            throw new AssertionError("parts of several steps: " + progress.step + ", " + progress.note + ", "
                    + model.weight + ", " + momentum.weight);
        }
    }
}
