package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A module of any members, for random trees. */
final class Node implements Stateful {
    final Map<String, Tensor> parameters = new LinkedHashMap<>();
    final Map<String, Tensor> buffers = new LinkedHashMap<>();
    final Map<String, Node> children = new LinkedHashMap<>();

    /** A tree of some depth with names of which many are prefixes of others. */
    static Node random(Random random, int depth) {
        String[] names = {"a", "ab", "b", "w", "weight", "1", "10"};
        Node node = new Node();
        for (String name : names) {
            switch (random.nextInt(depth > 0 ? 6 : 4)) {
                case 0 -> node.parameters.put(name, tensor(random));
                case 1 -> node.buffers.put(name, tensor(random));
                case 4 -> node.children.put(name, random(random, depth - 1));
                default -> {}
            }
        }
        return node;
    }

    static Tensor tensor(Random random) {
        int[][] shapes = {{}, {1}, {3}, {2, 2}, {0, 2}};
        Tensor tensor = Tensor.zeros(shapes[random.nextInt(shapes.length)]);
        for (int i = 0; i < tensor.numel(); i++) {
            tensor.storage()[i] = random.nextInt(1000);
        }
        return tensor;
    }

    @Override
    public void visitState(StateVisitor visitor) {
        children.forEach(visitor::submodule);
        buffers.forEach(visitor::buffer);
        parameters.forEach(visitor::parameter);
    }

    @Override
    public void assignState(StateAssigner assigner) {
        parameters.replaceAll(assigner::field);
        buffers.replaceAll(assigner::field);
    }
}
