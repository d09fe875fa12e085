package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a module's classes say of their past, and whatever a dict is like: a schema tells of it what a load does. */
class SchemaCheckPropertyTest {
    private static final int ROUNDS = 1000;

    /** A module with a random past. Former names are {@code "old-"} and a digit, retired ones begin with {@code "gone"}. */
    private static final class RandomModule implements Stateful {
        private final Map<String, Tensor> parameters = new LinkedHashMap<>();
        private final Map<String, Stateful> children = new LinkedHashMap<>();
        private final List<Tensor> scales = new ArrayList<>();
        private final Map<String, String> formerly = new LinkedHashMap<>();
        private final Map<String, Integer> addedIn = new LinkedHashMap<>();
        private final int version;
        private final boolean tied;

        RandomModule(Random random, int depth) {
            version = 1 + random.nextInt(3);
            for (int i = 0; i <= random.nextInt(3); i++) {
                parameters.put("p" + i, Tensor.zeros(shape(random)));
            }
            tied = parameters.size() > 1 && random.nextInt(3) == 0;
            if (tied) {
                parameters.put("p1", parameters.get("p0"));
            }
            for (int i = 0; i < random.nextInt(3); i++) {
                scales.add(Tensor.zeros(2));
            }
            for (int i = 0; depth > 0 && i < random.nextInt(3); i++) {
                children.put("c" + i, new RandomModule(random, depth - 1));
            }
            List<String> names = new ArrayList<>(parameters.keySet());
            names.addAll(children.keySet());
            for (String name : names) {
                if (random.nextInt(3) == 0) {
                    formerly.put("old-" + name, name);
                }
                if (random.nextInt(3) == 0) {
                    addedIn.put(name, 1 + random.nextInt(version));
                }
            }
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.version(version);
            visitor.retired("gone*");
            parameters.forEach(visitor::parameter);
            if (tied) {
                visitor.tiedTo("p1", "p0");
            }
            visitor.parameters("scales", scales);
            children.forEach(visitor::submodule);
            formerly.forEach((oldName, name) -> visitor.formerly(name, oldName));
            addedIn.forEach(visitor::addedIn);
        }
    }

    private static int[] shape(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new int[0];
            case 1 -> new int[] {1};
            case 2 -> new int[] {2};
            default -> new int[] {2, 3};
        };
    }

    @Test
    void agreesWithALoad() {
        int loadable = 0;
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            RandomModule module = new RandomModule(random, 2);
            StateDict state = mutated(module.stateDict(), random);

            SchemaReport report = StateDictSchema.of(module).check(state);

            try {
                module.loadStateDict(state);
                loadable++;
                assertThat(report.isCompatible())
                        .as("seed %d loads:\n%s\n%s", seed, state.keySet(), report)
                        .isTrue();
            } catch (StateDictLoadException refused) {
                String description = "seed " + seed + ": " + state.keySet() + " " + state.versions() + "\n"
                        + refused.getMessage() + "\n" + report;
                assertThat(report.isCompatible()).as(description).isFalse();
                assertThat(report.missing())
                        .as(description)
                        .containsExactlyElementsOf(refused.report().missing());
                assertThat(report.unexpected())
                        .as(description)
                        .containsExactlyInAnyOrderElementsOf(refused.report().unexpected());
            }
        }
        assertThat(loadable).as("of %d dicts", ROUNDS).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    private static StateDict mutated(StateDict state, Random random) {
        Map<String, Tensor> entries = new LinkedHashMap<>();
        state.forEach((key, tensor) -> {
            String[] names = key.split("\\.");
            for (int i = 0; i < names.length; i++) {
                names[i] = random.nextInt(8) == 0 ? "old-" + names[i] : names[i];
            }
            if (random.nextInt(10) > 0) {
                entries.put(String.join(".", names), random.nextInt(20) == 0 ? Tensor.zeros(shape(random)) : tensor);
            }
            if (random.nextInt(20) == 0) {
                entries.put(key.substring(0, key.lastIndexOf('.') + 1) + "gone" + random.nextInt(9), tensor);
            }
            if (random.nextInt(40) == 0) {
                entries.put(key + random.nextInt(9), tensor);
            }
            if (random.nextInt(40) == 0) {
                entries.put(key, tensor);
            }
        });
        // a load that applies nothing is refused for that alone
        entries.putIfAbsent("p0", state.get("p0"));
        StateDictBuilder builder = StateDict.builder();
        entries.forEach(builder::put);
        if (random.nextBoolean()) {
            state.versions().forEach((path, version) -> {
                int other = random.nextInt(30) == 0 ? version + 1 : 1 + random.nextInt(version);
                builder.version(path, other);
            });
        }
        return builder.build();
    }
}
