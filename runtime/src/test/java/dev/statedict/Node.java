package dev.statedict;

import dev.statedict.tensor.ElementType;
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

    /** A tensor of whole numbers of any type, of which every second matrix is on rows. */
    static Tensor tensor(Random random) {
        int[][] shapes = {{}, {1}, {3}, {2, 2}, {0, 2}};
        ElementType type = ElementType.values()[random.nextInt(5)];
        int[] shape = shapes[random.nextInt(shapes.length)];
        Tensor tensor = shape.length == 2 && shape[0] > 0 && random.nextBoolean()
                ? Tensor.wrapRows(rows(type, shape))
                : Tensor.zeros(type, shape);
        Tensor flat = tensor.reshape(tensor.numel());
        for (int i = 0; i < flat.numel(); i++) {
            flat.setLong(number(type, random), i);
        }
        return tensor;
    }

    private static Object[] rows(ElementType type, int[] shape) {
        return switch (type) {
            case F32 -> new float[shape[0]][shape[1]];
            case F64 -> new double[shape[0]][shape[1]];
            case I32 -> new int[shape[0]][shape[1]];
            case I64 -> new long[shape[0]][shape[1]];
            case BOOL -> new boolean[shape[0]][shape[1]];
        };
    }

    /** A whole number that the type holds. */
    static long number(ElementType type, Random random) {
        return random.nextInt(type == ElementType.BOOL ? 2 : 1000);
    }

    /** Fills a tensor with another number than most. */
    static void refill(Tensor tensor, Random random) {
        ElementType type = tensor.elementType();
        tensor.fillLong(type == ElementType.BOOL ? number(type, random) : number(type, random) + 1000);
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
