package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Random trees, of all element types, flat and on rows, load randomly edited dicts, held against a model that follows
 * PyTorch's own algorithm line by line, but for values that another type does not hold.
 */
class LoadPropertyTest {
    private static final int RUNS = 3000;

    /** What {@code Module.load_state_dict} finds, module by module. */
    private static final class Model {
        final List<String> missing = new ArrayList<>();
        final List<String> unexpected = new ArrayList<>();
        final List<String> mismatched = new ArrayList<>();
        final List<String> fitting = new ArrayList<>();
        final List<String> ofOtherTypes = new ArrayList<>();
        private final Policy policy;

        Model(Node root, Map<String, Tensor> state, Policy policy) {
            this.policy = policy;
            load(root, state, "");
        }

        private void load(Node module, Map<String, Tensor> state, String prefix) {
            Map<String, Tensor> local = new LinkedHashMap<>(module.parameters);
            local.putAll(module.buffers);
            local.forEach((name, tensor) -> match(prefix + name, tensor, state));
            for (String key : state.keySet()) {
                if (key.startsWith(prefix)) {
                    String[] inputName = key.substring(prefix.length()).split("\\.", 2);
                    boolean known = inputName.length > 1
                            ? module.children.containsKey(inputName[0])
                            : local.containsKey(inputName[0]);
                    if (!known) {
                        unexpected.add(key);
                    }
                }
            }
            module.children.forEach((name, child) -> {
                String childPrefix = prefix + name + ".";
                Map<String, Tensor> childState = new LinkedHashMap<>(state);
                childState.keySet().removeIf(key -> !key.startsWith(childPrefix));
                load(child, childState, childPrefix);
            });
        }

        private void match(String key, Tensor current, Map<String, Tensor> state) {
            if (!state.containsKey(key)) {
                missing.add(key);
                return;
            }
            int[] given = state.get(key).shape();
            boolean legacyScalar = Arrays.equals(current.shape(), new int[0]) && Arrays.equals(given, new int[] {1});
            if (!legacyScalar && !Arrays.equals(current.shape(), given)) {
                mismatched.add(key);
            } else {
                (holds(current.elementType(), state.get(key)) ? fitting : ofOtherTypes).add(key);
            }
        }

        /** ALIAS never converts, COPY where every value stays what it is. */
        private boolean holds(ElementType type, Tensor given) {
            if (given.elementType() == type || policy == Policy.ALIAS) {
                return given.elementType() == type;
            }
            return type != ElementType.BOOL
                    || Arrays.stream(given.toDoubleArray()).allMatch(value -> value == 0 || value == 1);
        }
    }

    private static Map<String, Tensor> edited(StateDict live, Random random) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>(live.keySet());
        Collections.shuffle(keys, random);
        for (String key : keys) {
            Tensor fresh = live.get(key).copy();
            Node.refill(fresh, random);
            state.put(key, fresh);
        }
        int edits = random.nextInt(4);
        for (int i = 0; i < edits; i++) {
            String key = keys.isEmpty() ? "w" : keys.get(random.nextInt(keys.size()));
            String other = keys.isEmpty() ? "w" : keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(7)) {
                case 0 -> state.remove(key);
                case 1 -> state.put(key + ".x", Node.tensor(random));
                case 2 -> state.put("a." + key, Node.tensor(random));
                case 3 -> state.put(key.substring(0, Math.max(key.lastIndexOf('.'), 0)), Node.tensor(random));
                case 4 -> state.put(key, Node.tensor(random));
                // the module's own tensors, at home or elsewhere
                case 5 -> state.computeIfPresent(key, (k, tensor) -> live.get(k));
                default -> state.computeIfPresent(key, (k, tensor) -> live.get(other));
            }
        }
        return state;
    }

    @Test
    void loadingAgreesWithTheModel() {
        int loaded = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Node module = Node.random(random, 3);
            StateDict live = module.stateDict(Policy.ALIAS);
            StateDict before = live.copy();
            Map<String, Tensor> state = edited(live, random);
            StateDict given = StateDict.of(state).copy();
            boolean allowMissing = random.nextInt(3) > 0;
            boolean allowUnexpected = random.nextInt(3) > 0;
            boolean skip = random.nextInt(3) > 0;
            Policy policy = random.nextBoolean() ? Policy.ALIAS : Policy.COPY;
            Model model = new Model(module, state, policy);
            LoadOptions options = LoadOptions.strict().withPolicy(policy);
            options = allowMissing ? options.allowMissing("*") : options;
            options = allowUnexpected ? options.allowUnexpected("*") : options;
            options = skip ? options.skipMismatched("*") : options;
            boolean refused = (!allowMissing && !model.missing.isEmpty())
                    || (!allowUnexpected && !model.unexpected.isEmpty())
                    || (!skip && !model.mismatched.isEmpty())
                    || !model.ofOtherTypes.isEmpty()
                    || (model.fitting.isEmpty() && !live.isEmpty());

            LoadOptions used = options;
            if (refused) {
                StateDictLoadException failure =
                        catchThrowableOfType(StateDictLoadException.class, () -> module.loadStateDict(state, used));
                assertThat(failure).as("seed %d", seed).isNotNull();
                assertKeys(seed, model, failure.report());
                assertThat(live.contentEquals(before))
                        .as("seed %d: nothing is written", seed)
                        .isTrue();
                assertThat(module.stateDict()).as("seed %d", seed).isEqualTo(live);
            } else {
                loaded++;
                LoadReport report = module.loadStateDict(state, used);
                assertKeys(seed, model, report);
                assertThat(report.applied()).as("seed %d", seed).isEqualTo(model.fitting);
                assertValues(seed, model, module.stateDict(), before, given);
                assertIdentity(seed, policy, model, module.stateDict(), live, state);
            }
        }
        assertThat(loaded).as("runs of either kind").isBetween(RUNS / 4, RUNS * 3 / 4);
    }

    private static void assertKeys(int seed, Model model, LoadReport report) {
        assertThat(report.missing()).as("seed %d", seed).isEqualTo(model.missing);
        assertThat(report.unexpected()).as("seed %d", seed).isEqualTo(model.unexpected);
        if (!report.skipped().isEmpty()) {
            assertThat(report.skipped())
                    .extracting(LoadReport.Skipped::key)
                    .as("seed %d", seed)
                    .isEqualTo(model.mismatched);
        }
    }

    private static void assertValues(int seed, Model model, StateDict after, StateDict before, StateDict given) {
        Predicate<String> isGiven = model.fitting::contains;
        after.forEach((key, tensor) -> {
            assertThat(tensor.elementType())
                    .as("seed %d: %s", seed, key)
                    .isEqualTo(before.get(key).elementType());
            assertThat(tensor.toDoubleArray())
                    .as("seed %d: %s", seed, key)
                    .containsExactly(
                            (isGiven.test(key) ? given : before).get(key).toDoubleArray());
        });
    }

    private static void assertIdentity(
            int seed, Policy policy, Model model, StateDict after, StateDict live, Map<String, Tensor> state) {
        for (String key : after.keySet()) {
            boolean adopted = policy == Policy.ALIAS && model.fitting.contains(key);
            if (adopted && after.get(key).hasSameShapeAs(state.get(key))) {
                assertThat(after.get(key)).as("seed %d: %s", seed, key).isSameAs(state.get(key));
            } else if (!adopted) {
                assertThat(after.get(key)).as("seed %d: %s", seed, key).isSameAs(live.get(key));
            }
        }
    }
}
