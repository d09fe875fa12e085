package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.LoadReport;
import dev.statedict.SchemaReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictSchema;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A detector over six commits. Each compiles with the lock of the one before, but for the one that a person must accept;
 * what was saved by any of them loads into the last; and no change compiles that is not declared.
 */
class ModelHistoryTest {
    private static final String FIRST = "1-first";
    private static final String NAMES = "2-better-names";
    private static final String SPLIT = "3-split-the-head";
    private static final String REMOVAL = "4-drop-the-positions";
    private static final String PERSISTENCE = "5-save-the-anchors-and-not-the-mask";
    private static final String SHAPE = "6-become-a-convolution";

    // the first has nothing to keep, and a new shape is no declaration's business
    private static final Set<String> ACCEPTED = Set.of(FIRST, SHAPE);

    @TempDir
    private Path directory;

    private Lock lock;

    @BeforeEach
    void anEmptyLock() {
        lock = new Lock(directory);
    }

    @TestFactory
    Stream<DynamicTest> whatAnyCommitSavedLoadsIntoTheLast() {
        Map<String, StateDict> saved = new LinkedHashMap<>();
        Stateful latest = null;
        for (String commit : Commits.names()) {
            String[] sources = Commits.files(Commits.sources(commit));
            if (!ACCEPTED.contains(commit)) {
                lock.accepts(sources);
            }
            latest = lock.update(sources).create(Stateful.class, "example.Detector");
            saved.put(commit, trained(latest));
        }
        Stateful detector = latest;

        return saved.entrySet().stream()
                .map(old -> DynamicTest.dynamicTest(old.getKey(), () -> assertLoads(detector, old.getValue())));
    }

    /** A dict of the module with the numbers from 1 on in its weights, in order, and 7 in its anchors. */
    private static StateDict trained(Stateful module) {
        StateDict state = module.stateDict();
        float next = 1;
        for (Tensor tensor : state.values()) {
            if (tensor.dim() > 1) {
                float[] values = new float[tensor.numel()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = next++;
                }
                tensor.copyFrom(Tensor.wrap(values, tensor.shape()));
            }
        }
        if (state.containsKey("anchors")) {
            state.get("anchors").fill(7);
        }
        return state.copy();
    }

    private static void assertLoads(Stateful detector, StateDict saved) {
        StateDict live = detector.stateDict();
        live.values().forEach(tensor -> tensor.fill(-1));

        LoadReport report = detector.loadStateDict(saved);

        assertThat(StateDictSchema.of(detector.getClass()).check(saved)).matches(SchemaReport::isCompatible);
        assertThat(report.missing()).isEmpty();
        assertThat(report.unexpected()).isEmpty();
        assertThat(live.get("conv1.weight").toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(live.get("boxes.weight").toArray()).containsExactly(7, 8, 9, 10, 11, 12);
        assertThat(live.get("classes.weight").toArray()).containsExactly(13, 14);
        assertThat(live.get("anchors").item())
                .as("a dict that has no anchors leaves the module its own")
                .isEqualTo(saved.containsKey("anchors") ? 7 : -1);
    }

    /** Compiles what a commit would be without a declaration, with the lock of the commit before. */
    private List<String> errors(String before, String commit, String file, String declared, String undeclared) {
        lock.update(Commits.files(Commits.sources(before)));
        Map<String, String> sources = Commits.edited(Commits.sources(commit), file, declared, undeclared);
        return Compiled.withOptions(List.of(lock.option()), Commits.files(sources))
                .messages();
    }

    @Test
    void aSubmoduleIsNotRenamedUndeclared() {
        assertThat(errors(FIRST, NAMES, "Detector.java", "    @Submodule(formerly = \"cv1\")\n", ""))
                .containsExactly(
                        "ERROR Detector.java:10:17: [statedict:LockedName] Detector.conv1 has the key \"conv1\", and no"
                                + " field has \"cv1\" any more, which dicts of the locked Detector have; write @Submodule(formerly ="
                                + " \"cv1\") on it if it was renamed, @Retired(\"cv1.*\") on Detector if that is gone, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aParameterIsNotRenamedUndeclared() {
        assertThat(errors(FIRST, NAMES, "Block.java", ", formerly = \"w\"", ""))
                .containsExactly(
                        "ERROR Block.java:10:5: [statedict:LockedName] Block.weight has the key \"weight\", and no field"
                                + " has \"w\" any more, which dicts of the locked Block have; write @Parameter(formerly = \"w\") on it"
                                + " if it was renamed, @Retired(\"w\") on Block if that is gone, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aSubmoduleIsNotSplitUndeclared() {
        assertThat(errors(NAMES, SPLIT, "Detector.java", "@Retired(\"head.*\")\n", ""))
                .containsExactly(
                        "ERROR Detector.java:12:8: [statedict:LockedKey] the key \"head\" (submodule) of Detector is gone,"
                                + " and dicts that have it would not load; write @Submodule(formerly = \"head\") on the field that has"
                                + " its values now, @Retired(\"head.*\") on Detector, or accept the change with"
                                + " -Astatedict.schema.update=true");
        assertThat(errors(
                        NAMES,
                        SPLIT,
                        "Detector.java",
                        "    @Submodule(addedIn = 2)\n    final Block classes",
                        "    final Block classes"))
                .containsExactly(
                        "ERROR Detector.java:20:17: [statedict:LockedAddition] Detector.classes is new, and dicts of"
                                + " version 1 of Detector lack its key \"classes\"; write addedIn = 2 on it and version = 2 on the class,"
                                + " so that the module keeps its own value, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aBufferIsNotRemovedUndeclared() {
        assertThat(errors(SPLIT, REMOVAL, "Block.java", "@Retired(\"position_*\")\n", ""))
                .containsExactly(
                        "ERROR Block.java:9:8: [statedict:LockedKey] the key \"position_ids\" (buffer) of Block is gone,"
                                + " and dicts that have it would not load; write @Buffer(formerly = \"position_ids\") on the field that"
                                + " has its values now, @Retired(\"position_ids\") on Block, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aBufferDoesNotBecomePersistentUndeclared() {
        assertThat(errors(REMOVAL, PERSISTENCE, "Detector.java", "@Buffer(addedIn = 3)", "@Buffer"))
                .containsExactly(
                        "ERROR Detector.java:23:5: [statedict:LockedAddition] Detector.anchors is new, and dicts of"
                                + " version 2 of Detector lack its key \"anchors\"; write addedIn = 3 on it and version = 3 on the"
                                + " class, so that the module keeps its own value, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aBufferIsNotLeftOutUndeclared() {
        assertThat(errors(REMOVAL, PERSISTENCE, "Detector.java", "{\"head.*\", \"mask\"}", "\"head.*\""))
                .containsExactly(
                        "ERROR Detector.java:26:5: [statedict:LockedPersistence] Detector.mask is not persistent any more,"
                                + " and dicts that have \"mask\" would not load; write @Retired(\"mask\") on Detector, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aShapeDoesNotChangeUnlessAPersonAcceptsIt() {
        lock.update(Commits.files(Commits.sources(PERSISTENCE)));
        String[] sources = Commits.files(Commits.sources(SHAPE));

        assertThat(Compiled.withOptions(List.of(lock.option()), sources).messages())
                .containsExactly(
                        "ERROR Block.java:14:5: [statedict:LockedShape] Block.weight has the shape [out, in, 1], and had"
                                + " [out, in] in the locked class, whose dicts need not fit; change it back, or let the migrate method"
                                + " of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }
}
