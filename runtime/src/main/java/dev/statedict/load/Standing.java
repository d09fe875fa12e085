package dev.statedict.load;

import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateAssigner;
import dev.statedict.Stateful;
import dev.statedict.load.Match.TensorMatch;
import dev.statedict.load.Match.ValueMatch;
import dev.statedict.load.Targets.Target;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ModulePath;
import dev.statedict.tree.Traversal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What must stand in a module tree when code of the user's has run: a setter may replace what another member holds, or a
 * whole child, and then what is loaded for that goes where nobody looks. The tree is walked once more, which tells it.
 */
final class Standing {
    private final Stateful module;
    private final Targets targets;
    private final Match match;
    private final Ties ties;
    private final boolean copies;

    Standing(Stateful module, Targets targets, Match match, Ties ties, Policy policy) {
        this.module = module;
        this.targets = targets;
        this.match = match;
        this.ties = ties;
        this.copies = policy == Policy.COPY;
    }

    /** About how many members are walked. */
    int size() {
        return targets.targets().size();
    }

    /** The keys whose places are no more where the load writes, or hold something else than it assigned. */
    List<String> lost() {
        Map<String, @Nullable Object> now = Held.in(module);
        List<String> lost = new ArrayList<>(0);
        for (TensorMatch tensor : match.tensors()) {
            Tensor place = tensor.target().current();
            Tensor expected =
                    copies ? place : Objects.requireNonNull(ties.winner(place)).given();
            String key = tensor.target().key();
            if (!isSameStorage(expected, now.get(key))) {
                lost.add(key);
            }
        }
        for (ValueMatch value : match.values()) {
            String key = value.target().key();
            ValueMatch winner = Objects.requireNonNull(ties.winner(value.target()));
            if (!Objects.equals(winner.given(), now.get(key))) {
                lost.add(key);
            }
        }
        return lost;
    }

    /** The keys of the tensors that are neither those which the load found, nor equal to them. */
    List<String> moved() {
        Map<String, @Nullable Object> now = Held.in(module);
        List<String> moved = new ArrayList<>(0);
        for (Target target : targets.targets()) {
            if (target instanceof Target.OfTensor tensor) {
                Tensor before = tensor.current();
                Object after = now.get(tensor.key());
                if (!isSameStorage(before, after) && !(after instanceof Tensor other && before.contentEquals(other))) {
                    moved.add(tensor.key());
                }
            }
        }
        return moved;
    }

    private static boolean isSameStorage(Tensor expected, @Nullable Object now) {
        return now instanceof Tensor tensor
                && (expected.numel() == 0 && tensor.hasSameShapeAs(expected) || TieGroups.tied(expected, tensor));
    }

    /** What the members of a tree hold. */
    private static final class Held extends Traversal {
        private final Map<String, @Nullable Object> byKey = new HashMap<>();

        static Map<String, @Nullable Object> in(Stateful module) {
            Held held = new Held();
            held.walk(module);
            return held.byKey;
        }

        @Override
        protected void tensor(ModulePath module, String name, Role role, Tensor value) {
            byKey.put(module.key(name), value);
        }

        @Override
        protected void primitive(ModulePath module, String name, Role role, Object value) {
            byKey.put(module.key(name), value);
        }

        @Override
        protected void extraState(ModulePath module, Class<?> type, @Nullable Object value) {
            byKey.put(module.key(StateAssigner.EXTRA_STATE), value);
        }
    }
}
