package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.Tensor;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit that cannot start threads, as under a container's limit of processes, is made by the one that there is. */
class LoadWithoutThreadsTest {
    /** Makes as many threads as a system property says, then fails as the JDK does at such a limit. */
    public static final class Limited implements ForkJoinPool.ForkJoinWorkerThreadFactory {
        private int left = Integer.getInteger("threads");

        @Override
        public synchronized ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            if (left-- > 0) {
                return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
            }
            throw new OutOfMemoryError(
                    "unable to create native thread: possibly out of memory or process/resource limits");
        }
    }

    /** Loads tensors of which one is copied by several threads, in step and, with a counter or a map, by a plan. */
    static final class Program implements Stateful {
        private static final int LARGE = 9_000_000;

        private long step;
        private final Tensor before = Tensor.zeros(10);
        private final Tensor large = Tensor.zeros(LARGE);
        private final Tensor after = Tensor.zeros(10);

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("before", before);
            visitor.parameter("large", large);
            visitor.parameter("after", after);
            visitor.counter("step", step);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            step = assigner.field("step", step);
        }

        public static void main(String[] args) {
            Map<String, Tensor> given = new LinkedHashMap<>();
            given.put("before", filled(10));
            given.put("large", filled(LARGE));
            given.put("after", filled(10));
            given.put("step", Tensor.scalar(9));
            Program module = new Program();
            module.loadStateDict(given);
            boolean all = List.of(module.before, module.large, module.after).stream()
                    .allMatch(tensor -> tensor.contentEquals(filled(tensor.numel())));
            System.out.print(all && module.step == 9 ? "loaded" : "half-loaded");
        }

        private static Tensor filled(int elements) {
            Tensor tensor = Tensor.zeros(elements);
            tensor.fill(5);
            return tensor;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aLoadIsMadeAlsoWhereNoThreadCanBeStarted(int threads) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dthreads=" + threads,
                        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3",
                        "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=" + Limited.class.getName(),
                        "-cp",
                        location(Tensor.class) + File.pathSeparator + location(LoadWithoutThreadsTest.class),
                        Program.class.getName())
                // the JDK's own threads tell there that they could start no more
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).isEqualTo("loaded");
        assertThat(process.waitFor()).isZero();
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
