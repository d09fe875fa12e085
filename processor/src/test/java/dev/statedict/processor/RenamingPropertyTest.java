package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.SchemaReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StateDictSchema;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However often the members of classes are renamed: where every old name is declared, each step keeps the lock of the step
 * before, and every dict that any step saved loads into the last, each value into the member that it came from.
 */
class RenamingPropertyTest {
    private static final int STEPS = 3;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void declaredRenamingsKeepEveryEarlierDictLoadable(long seed) {
        RenamedClasses classes = new RenamedClasses(new Random(seed));
        Lock lock = new Lock(directory);
        List<StateDict> saved = new ArrayList<>();
        saved.add(numbered(module(lock.update(classes.sources()))));
        for (int step = 0; step < STEPS; step++) {
            classes.rename();
            saved.add(numbered(module(lock.accepts(classes.sources()))));
            lock.update(classes.sources());
        }
        Stateful latest = module(lock.accepts(classes.sources()));

        for (StateDict state : saved) {
            latest.stateDict().values().forEach(tensor -> tensor.fill(0));
            latest.loadStateDict(state);

            // renaming leaves the order as it was
            assertThat(values(latest.stateDict())).isEqualTo(values(state));
            assertThat(StateDictSchema.of(latest.getClass()).check(state))
                    .as("what loads, the schema of the class lets pass")
                    .matches(SchemaReport::isCompatible);
        }
    }

    private static Stateful module(Compiled compiled) {
        return compiled.create(Stateful.class, "example.Net");
    }

    /** The module's dict with the numbers from 1 on in its entries. */
    private static StateDict numbered(Stateful module) {
        StateDictBuilder numbered = StateDict.builder();
        int number = 0;
        for (String key : module.stateDict().keySet()) {
            numbered.put(key, Tensor.scalar(++number));
        }
        return numbered.build();
    }

    private static List<Float> values(StateDict state) {
        return state.values().stream().map(Tensor::item).toList();
    }
}
