package dev.statedict.sample;

import dev.statedict.StateAssigner;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;

/** The state of a random generator as text, for its 48 bits are more than files hold of a number so far. */
final class RandomState implements Stateful {
    private final RandomNumbers random;

    RandomState(RandomNumbers random) {
        this.random = random;
    }

    @Override
    public void visitState(StateVisitor visitor) {
        visitor.extraState(Long.toString(random.state));
    }

    @Override
    public void assignState(StateAssigner assigner) {
        random.state = Long.parseLong(assigner.field(StateAssigner.EXTRA_STATE, Long.toString(random.state)));
    }
}
