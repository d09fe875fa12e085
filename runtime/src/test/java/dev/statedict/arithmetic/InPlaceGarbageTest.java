package dev.statedict.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is computed in place takes no memory of the size of what it computes. */
class InPlaceGarbageTest {
    /** Computes again and again in a process that collects no garbage, so that what each leaves behind adds up. */
    static final class Program implements Stateful {
        private static final int ROUNDS = 30;

        private final Tensor large = Tensor.zeros(500_000);
        private final Tensor transposed = Tensor.zeros(500, 500).transpose(0, 1);
        private final Tensor onRows = Tensor.wrap(new float[20][12_500]);

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("large", large);
            visitor.parameter("transposed", transposed);
            visitor.parameter("on_rows", onRows);
        }

        public static void main(String[] arguments) {
            Program model = new Program();
            StateDict live = model.stateDict(Policy.ALIAS);
            StateDict other = live.copy();
            List<StateDict> both = List.of(live, other);
            AveragedModel<Program> average = AveragedModel.exponential(new Program(), 0.999);
            average.updateParameters(model);
            Runtime memory = Runtime.getRuntime();
            long before = memory.totalMemory() - memory.freeMemory();
            double sum = 0;
            for (int round = 0; round < ROUNDS; round++) {
                StateDictMath.lerpInPlace(live, other, 0.001);
                StateDictMath.addInPlace(live, other, 0.5);
                StateDictMath.subtractInPlace(live, other);
                StateDictMath.multiplyInPlace(live, 0.5);
                sum += StateDictMath.norm(live) + StateDictMath.dot(live, other);
                average.updateParameters(model);
                StateDictMath.averageInPlace(live, both, 1, 2);
                other.copyTo(live);
            }
            long after = memory.totalMemory() - memory.freeMemory();
            System.out.println(sum >= 0 ? after - before : -1);
        }
    }

    @Test
    void thirtyStepsLeaveLessThanTwoCopiesOfTheWeights() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:+UseEpsilonGC",
                        "-Xmx512m",
                        "-Xlog:disable",
                        "-cp",
                        location(Tensor.class) + File.pathSeparator + location(InPlaceGarbageTest.class),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        String used = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        // the weights are 4 MB, and each of the 270 computations would leave that or more
        assertThat(Long.parseLong(used)).isBetween(0L, 4_000_000L * 2);
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
