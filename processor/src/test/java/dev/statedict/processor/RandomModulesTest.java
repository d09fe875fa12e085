package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever classes a programmer writes, their state dicts hold what PyTorch's would, and load. */
class RandomModulesTest {
    private static final String MAPS = Compiled.inExample("""
            class Maps {
                static <T> Map<String, T> of(Map<String, T> map, List<String> names, List<T> values) {
                    names.forEach(name -> map.put(name, values.get(names.indexOf(name))));
                    return map;
                }
            }
            """);

    @TestFactory
    List<DynamicTest> stateDictsHoldWhatTheClassesSay() {
        return LongStream.range(0, 12)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> holds(seed)))
                .toList();
    }

    private static void holds(long seed) {
        RandomModules modules = new RandomModules(seed, 15);
        List<String> sources = new ArrayList<>(List.of(MAPS));
        modules.classes().forEach(module -> sources.add(module.source()));
        Compiled compiled = UserCompiler.lenient().withOptions("-Xlint:none").compile(sources.toArray(String[]::new));
        for (RandomModules.ModuleClass module : modules.classes()) {
            Stateful object = compiled.create(Stateful.class, module.qualifiedName());
            Map<String, Float> expected = module.entries();
            for (Policy policy : Policy.values()) {
                assertThat(values(object.stateDict(policy)))
                        .as(module.source())
                        .isEqualTo(List.copyOf(expected.entrySet()));
            }
            Map<String, Tensor> loaded = new LinkedHashMap<>();
            object.stateDict().forEach((key, tensor) -> {
                loaded.put(key, Tensor.zeros(tensor.elementType(), tensor.shape()));
                loaded.get(key).fill(-expected.get(key) - 1);
            });
            object.loadStateDict(loaded, Policy.COPY);
            assertThat(object.stateDict().contentEquals(StateDict.of(loaded)))
                    .as(module.source())
                    .isTrue();
            if (module.adopts()) {
                object.loadStateDict(loaded, Policy.ALIAS);
                assertThat(object.stateDict().contentEquals(StateDict.of(loaded)))
                        .isTrue();
            } else {
                assertThatThrownBy(() -> object.loadStateDict(loaded, Policy.ALIAS))
                        .as(module.source())
                        .isInstanceOf(StateDictLoadException.class);
            }
        }
    }

    private static List<Map.Entry<String, Float>> values(StateDict state) {
        List<Map.Entry<String, Float>> values = new ArrayList<>();
        state.forEach((key, tensor) -> values.add(Map.entry(key, tensor.item())));
        return values;
    }
}
