package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A module with every kind of member, written by hand. Wherever a load runs code of it, that code first tells
 * {@link #steps}, which may throw.
 */
final class Everything implements Stateful, StateHooks {
    Runnable steps = () -> {};

    Tensor weight = values(2, 3);
    Tensor tied = weight;
    Tensor window = Tensor.strided(weight.storage(), 1, new int[] {4}, new int[] {1});
    Tensor transposed = values(2, 2).transpose(0, 1);
    Tensor bias = values(3);
    Tensor scale = values();
    Optional<Tensor> maybe = Optional.of(values(2));
    float[] rates = {1, 2, 3};
    final List<Tensor> layers = new WatchedList(new ArrayList<>(List.of(values(2), values(1))));
    final Tensor[] heads = {values(1), values(2)};
    final Map<String, Tensor> scales = new WatchedMap(new LinkedHashMap<>(Map.of("low", values(1))));
    boolean ready = true;
    int epoch = 3;
    long step = 4;
    float temperature = 0.5f;

    @Nullable
    Map<String, String> vocabulary = new LinkedHashMap<>(Map.of("hello", "1"));

    final @Nullable Everything child;

    private static float next = 1;

    Everything() {
        this(new Everything(null));
    }

    private Everything(@Nullable Everything child) {
        this.child = child;
    }

    private static Tensor values(int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.numel(); i++) {
            tensor.storage()[i] = next++;
        }
        return tensor;
    }

    @Override
    public void visitState(StateVisitor visitor) {
        steps.run();
        visitor.parameter("weight", weight);
        visitor.parameter("tied", tied);
        visitor.tiedTo("tied", "weight");
        visitor.parameter("transposed", transposed);
        visitor.parameter("bias", bias);
        visitor.parameter("scale", scale);
        visitor.parameter("maybe", maybe);
        visitor.buffer("rates", rates);
        visitor.buffer("window", window);
        visitor.parameters("layers", layers);
        visitor.parameters("heads", heads);
        visitor.buffers("scales", scales);
        visitor.counter("ready", ready);
        visitor.counter("epoch", epoch);
        visitor.counter("step", step);
        visitor.counter("temperature", temperature);
        visitor.extraState(vocabulary);
        visitor.submodule("child", child);
    }

    @Override
    public void assignState(StateAssigner assigner) {
        steps.run();
        weight = told(assigner.field("weight", weight));
        assigner.<Tensor>setter("tied", () -> told(tied), value -> tied = told(value));
        window = told(assigner.field("window", window));
        assigner.<Tensor>setter("transposed", () -> told(transposed), value -> transposed = told(value));
        assigner.<Tensor>setter("bias", () -> told(bias), value -> {
            bias = told(value);
            // a setter that fails with half its work done
            steps.run();
        });
        scale = told(assigner.field("scale", scale));
        assigner.<Optional<Tensor>>setter("maybe", () -> told(maybe), value -> maybe = told(value));
        assigner.<float[]>setter("rates", () -> told(rates), value -> rates = told(value));
        assigner.<Boolean>setter("ready", () -> told(ready), value -> ready = told(value));
        epoch = told(assigner.field("epoch", epoch));
        assigner.<Long>setter("step", () -> told(step), value -> step = told(value));
        temperature = told(assigner.field("temperature", temperature));
        assigner.<Map<String, String>>setter(
                StateAssigner.EXTRA_STATE, () -> told(vocabulary), value -> vocabulary = told(value));
    }

    @Override
    public Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
        steps.run();
        return state;
    }

    private <T> T told(T value) {
        steps.run();
        return value;
    }

    /** All that a load could change: which objects, and the bits of every float. */
    List<Object> snapshot() {
        List<Object> all = new ArrayList<>();
        List<Tensor> tensors = new ArrayList<>(List.of(weight, tied, window, transposed, bias, scale, maybe.get()));
        tensors.addAll(layers);
        tensors.addAll(Arrays.asList(heads));
        tensors.addAll(scales.values());
        for (Tensor tensor : tensors) {
            all.add(tensor);
            all.add(bits(tensor.storage()));
        }
        all.add(System.identityHashCode(rates));
        all.add(bits(rates));
        all.add(List.of(ready, epoch, step, temperature));
        all.add(System.identityHashCode(vocabulary));
        all.add(String.valueOf(vocabulary));
        if (child != null) {
            all.addAll(child.snapshot());
        }
        return all;
    }

    private static List<Integer> bits(float[] values) {
        List<Integer> bits = new ArrayList<>();
        for (float value : values) {
            bits.add(Float.floatToRawIntBits(value));
        }
        return bits;
    }

    private final class WatchedList extends AbstractList<Tensor> {
        private final List<Tensor> elements;

        WatchedList(List<Tensor> elements) {
            this.elements = elements;
        }

        @Override
        public Tensor get(int index) {
            return elements.get(index);
        }

        @Override
        public int size() {
            return elements.size();
        }

        @Override
        public Tensor set(int index, Tensor value) {
            steps.run();
            return elements.set(index, value);
        }
    }

    private final class WatchedMap extends AbstractMap<String, Tensor> {
        private final Map<String, Tensor> values;

        WatchedMap(Map<String, Tensor> values) {
            this.values = values;
        }

        @Override
        public Set<Map.Entry<String, Tensor>> entrySet() {
            return values.entrySet();
        }

        @Override
        public Tensor put(String key, Tensor value) {
            Tensor before = values.put(key, value);
            steps.run();
            return before;
        }
    }
}
