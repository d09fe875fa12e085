package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.LoadReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of {@code conformance.json} with the tag version. PyTorch's BatchNorm got its counter in version 2: here it
 * says so in either of the two ways that there are, as an addition or by a migration.
 */
class VersionConformanceTest {
    private static final String ADDITION = "addition";
    private static final String MIGRATION = "migration";

    private static final String BATCH_NORM = """
            package %1$s;

            import dev.statedict.*;
            import dev.statedict.tensor.Tensor;
            import java.util.*;

            @StateModule(version = 2)
            public class BatchNorm1d implements BatchNorm1dState {
                @Parameter Tensor weight;
                @Parameter Tensor bias;
                @Buffer Tensor running_mean;
                @Buffer Tensor running_var;
                %2$s

                public BatchNorm1d() {
                    this(true, true);
                }

                BatchNorm1d(boolean affine, boolean track) {
                    weight = affine ? Tensor.wrap(new float[] {1}, 1) : null;
                    bias = affine ? Tensor.zeros(1) : null;
                    running_mean = track ? Tensor.zeros(1) : null;
                    running_var = track ? Tensor.wrap(new float[] {1}, 1) : null;
                    num_batches_tracked = track ? Tensor.scalar(0) : null;
                }
                %3$s
            }
            """;
    private static final String MODELS = """
            package %1$s;

            import dev.statedict.*;
            import dev.statedict.tensor.Tensor;
            import java.util.List;

            class Models {
                @StateModule
                static class Both implements Models_BothState {
                    BatchNorm1d a = new BatchNorm1d(false, true);
                    BatchNorm1d t = new BatchNorm1d(true, false);
                }

                @StateModule
                static class Sequential implements Models_SequentialState {
                    @Submodule("0") BatchNorm1d first = new BatchNorm1d();
                }

                @StateModule(version = 4)
                static class Versioned implements Models_VersionedState {
                    @Parameter Tensor w = Tensor.wrap(new float[] {1}, 1);
                }
            }
            """;

    private static final Compiled COMPILED = Compiled.strictly(
            BATCH_NORM.formatted(ADDITION, "@Buffer(addedIn = 2) Tensor num_batches_tracked;", ""),
            MODELS.formatted(ADDITION),
            BATCH_NORM.formatted(MIGRATION, "@Buffer Tensor num_batches_tracked;", """

                        static Map<String, Tensor> migrate(StateDict state, int version) {
                            Map<String, Tensor> migrated = new LinkedHashMap<>(state);
                            migrated.putIfAbsent("num_batches_tracked", Tensor.scalar(0));
                            return migrated;
                        }
                    """),
            MODELS.formatted(MIGRATION));

    private static Stateful module(String way, String name) {
        return COMPILED.create(Stateful.class, way + "." + name);
    }

    /** The same entries with the versions that are given. */
    private static StateDict with(Map<String, Tensor> entries, Map<String, Integer> versions) {
        StateDictBuilder builder = StateDict.builder();
        entries.forEach(builder::put);
        versions.forEach(builder::version);
        return builder.build();
    }

    private static StateDict without(String key, StateDict state) {
        return state.filter(other -> !other.equals(key));
    }

    @Test
    @DisplayName("A-15 versions: kept by deep copy, lost by shallow map copy")
    void versionsArePartOfADict() {
        StateDict s = module(ADDITION, "Models$Versioned").stateDict();

        assertThat(s.copy().versions()).isEqualTo(Map.of("", 4));
        assertThat(StateDict.of(new LinkedHashMap<>(s)).versions()).isEmpty();
    }

    @ParameterizedTest(name = "B-01 BatchNorm keys and version, by {0}")
    @ValueSource(strings = {ADDITION, MIGRATION})
    void batchNormHasItsKeysAndVersion(String way) {
        StateDict s = module(way, "BatchNorm1d").stateDict();

        assertThat(s.keySet()).containsExactly("weight", "bias", "running_mean", "running_var", "num_batches_tracked");
        assertThat(s.versions()).isEqualTo(Map.of("", 2));
    }

    @ParameterizedTest(name = "B-02 affine=false / track_running_stats=false, by {0}")
    @ValueSource(strings = {ADDITION, MIGRATION})
    void absentMembersAreLeftOut(String way) {
        assertThat(module(way, "Models$Both").stateDict().keySet())
                .containsExactly("a.running_mean", "a.running_var", "a.num_batches_tracked", "t.weight", "t.bias");
    }

    @ParameterizedTest(name = "B-04 a dict of version 2: the missing counter is an error, by {0}")
    @ValueSource(strings = {ADDITION, MIGRATION})
    void aDictOfTheCurrentVersionMustHaveTheCounter(String way) {
        Stateful m = module(way, "BatchNorm1d");
        StateDict s = without("num_batches_tracked", m.stateDict());

        assertThatThrownBy(() -> m.loadStateDict(s))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageStartingWith("Error(s) in loading state_dict for BatchNorm1d:\n"
                        + "\tMissing key(s) in state_dict: \"num_batches_tracked\". ");
    }

    @ParameterizedTest(name = "B-05 a dict of version 1: accepted, and not modified, by {0}")
    @ValueSource(strings = {ADDITION, MIGRATION})
    void aDictOfTheFirstVersionNeedNotHaveTheCounter(String way) {
        Stateful m = module(way, "BatchNorm1d");
        StateDict s = with(without("num_batches_tracked", m.stateDict()), Map.of("", 1));
        Set<String> keys = Set.copyOf(s.keySet());

        LoadReport report = m.loadStateDict(s);

        assertThat(report.missing()).isEmpty();
        assertThat(report.unexpected()).isEmpty();
        assertThat(s.keySet()).isEqualTo(keys);
    }

    @ParameterizedTest(name = "B-07 nested: the version is looked up by path, by {0}")
    @ValueSource(strings = {ADDITION, MIGRATION})
    void theVersionIsThatOfEachModule(String way) {
        Stateful m = module(way, "Models$Sequential");
        StateDict s = with(without("0.num_batches_tracked", m.stateDict()), Map.of("0", 1));

        LoadReport report = m.loadStateDict(s);

        assertThat(report.missing()).isEmpty();
        assertThat(report.unexpected()).isEmpty();
    }

    @Test
    void everyCaseIsHere() {
        assertThat(ConformanceCase.tagged("version"))
                .extracting(ConformanceCase::id)
                .isEqualTo(List.of("A-15", "B-01", "B-02", "B-04", "B-05", "B-07"));
    }
}
