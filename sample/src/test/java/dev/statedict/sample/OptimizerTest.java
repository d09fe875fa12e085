package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixture is made by PyTorch: {@code make-optimizers.py} lies beside it. */
class OptimizerTest {
    private static final int STEPS = 20;
    private static final Map<String, Function<List<Tensor>, Optimizer>> RUNS = Map.of(
            "plain", parameters -> new Sgd(parameters, 0, 0),
            "decay", parameters -> new Sgd(parameters, 0, 0.003),
            "momentum", parameters -> new Sgd(parameters, 0.9, 0.003),
            "adam", parameters -> new Adam(parameters, 0),
            "adam-decay", parameters -> new Adam(parameters, 0.003));

    private static StateDict pytorch;

    @BeforeAll
    static void load() throws IOException, URISyntaxException {
        pytorch = Checkpoints.load(Path.of(
                OptimizerTest.class.getResource("optimizers.safetensors").toURI()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "decay", "momentum", "adam", "adam-decay"})
    void computesTheSameBitsAsPyTorch(String run) {
        List<Tensor> parameters = initial();
        Optimizer optimizer = RUNS.get(run).apply(parameters);

        for (int step = 1; step <= STEPS; step++) {
            optimizer.step(gradients(step), rate(run));
            if (step % 10 == 0) {
                assertSame(run + "." + step + ".", parameters);
                assertRemembered(run + "." + step + ".", optimizer.stateDict());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "decay", "momentum", "adam", "adam-decay"})
    void goesOnFromItsStateDictAsIfNothingHadHappened(String run) {
        List<Tensor> parameters = initial();
        Optimizer interrupted = RUNS.get(run).apply(parameters);
        for (int step = 1; step <= STEPS / 2; step++) {
            interrupted.step(gradients(step), rate(run));
        }

        Optimizer resumed = RUNS.get(run).apply(parameters);
        resumed.loadStateDict(interrupted.stateDict());
        for (int step = STEPS / 2 + 1; step <= STEPS; step++) {
            resumed.step(gradients(step), rate(run));
        }

        assertSame(run + "." + STEPS + ".", parameters);
    }

    @Test
    void adamDiffersFromPyTorchByItsSquareRootsAlone() {
        List<Tensor> parameters = initial();
        Optimizer adam = new Adam(parameters, 0.003);
        for (int step = 1; step <= STEPS; step++) {
            adam.step(gradients(step), 0.01);
        }

        for (int i = 0; i < parameters.size(); i++) {
            assertThat(parameters.get(i).toArray())
                    .containsExactly(pytorch.get("adam-mkl." + STEPS + "." + i).toArray(), within(2.5e-7f));
        }
    }

    @Test
    void rememberedStateIsNamedAsInPyTorch() {
        assertThat(new Sgd(initial(), 0.9, 0).stateDict()).containsOnlyKeys("momentum_buffer.0", "momentum_buffer.1");
        assertThat(new Sgd(initial(), 0, 0).stateDict()).isEmpty();
        assertThat(new Adam(initial(), 0).stateDict())
                .containsOnlyKeys("step", "exp_avg.0", "exp_avg.1", "exp_avg_sq.0", "exp_avg_sq.1");
    }

    @Test
    void theCosineFallsAsPyTorchs() {
        Tensor rates = pytorch.get("cosine");

        for (int epoch = 0; epoch < STEPS; epoch++) {
            assertThat((float) Schedule.COSINE.rate(0.5, epoch, STEPS)).isEqualTo(rates.get(epoch));
            assertThat(Schedule.CONSTANT.rate(0.5, epoch, STEPS)).isEqualTo(0.5);
        }
    }

    private static double rate(String run) {
        return run.startsWith("adam") ? 0.01 : run.equals("momentum") ? 0.1 : 0.5;
    }

    private static List<Tensor> initial() {
        return IntStream.range(0, 2)
                .mapToObj(i -> pytorch.copy().get("initial." + i))
                .toList();
    }

    private static List<Tensor> gradients(int step) {
        return IntStream.range(0, 2)
                .mapToObj(i -> pytorch.get("gradient." + step + "." + i))
                .toList();
    }

    private static void assertSame(String prefix, List<Tensor> tensors) {
        for (int i = 0; i < tensors.size(); i++) {
            assertThat(tensors.get(i).toArray())
                    .as(prefix + i)
                    .isEqualTo(pytorch.get(prefix + i).toArray());
        }
    }

    private static void assertRemembered(String prefix, StateDict state) {
        state.forEach((key, tensor) -> {
            if (!key.equals("step")) {
                assertThat(tensor.toArray())
                        .as(prefix + key)
                        .isEqualTo(pytorch.get(prefix + key).toArray());
            }
        });
    }
}
