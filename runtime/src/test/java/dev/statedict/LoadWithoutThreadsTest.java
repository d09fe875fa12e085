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
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Loads tensors of which one is copied by several threads: of a dict in step, of a map or beside a counter by a plan. */
    static final class Program implements Stateful {
        private static final int LARGE = 9_000_000;

        private final boolean counts;
        private long step = 1;
        private final Tensor before = Tensor.zeros(10);
        private final Tensor large = Tensor.zeros(LARGE);
        private final Tensor after = Tensor.zeros(10);

        private Program(boolean counts) {
            this.counts = counts;
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("before", before);
            visitor.parameter("large", large);
            visitor.parameter("after", after);
            if (counts) {
                visitor.counter("step", step);
            }
        }

        @Override
        public void assignState(StateAssigner assigner) {
            if (counts) {
                step = assigner.field("step", step);
            }
        }

        public static void main(String[] args) {
            boolean counts = args[0].contains("counter");
            Map<String, Tensor> given = new LinkedHashMap<>();
            given.put("before", filled(10));
            given.put("large", filled(LARGE));
            given.put("after", filled(10));
            if (counts) {
                given.put("step", Tensor.scalarLong(9));
            }
            Program module = new Program(counts);
            module.loadStateDict(args[0].contains("map") ? given : StateDict.of(given));
            boolean all = List.of(module.before, module.large, module.after).stream()
                    .allMatch(tensor -> tensor.contentEquals(filled(tensor.numel())));
            System.out.print(all && module.step == (counts ? 9 : 1) ? "loaded" : "half-loaded");
        }

        private static Tensor filled(int elements) {
            Tensor tensor = Tensor.zeros(elements);
            tensor.fill(5);
            return tensor;
        }
    }

    @ParameterizedTest
    @CsvSource({"0, dict", "1, dict", "0, map", "0, dict with a counter", "1, map with a counter"})
    void aLoadIsMadeAlsoWhereNoThreadCanBeStarted(int threads, String given) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dthreads=" + threads,
                        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3",
                        "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=" + Limited.class.getName(),
                        "-cp",
                        location(Tensor.class) + File.pathSeparator + location(LoadWithoutThreadsTest.class),
                        Program.class.getName(),
                        given)
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
