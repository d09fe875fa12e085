package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An executor is killed by its process id while a task runs on it, and the result has the bits that it has without. */
class LostExecutorTest {
    private static final SyntheticRows ROWS = SyntheticRows.of(503, 8);
    private static final int BLOCK_ROWS = 53;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void gradientsAndLocalSgdComeOutTheSame() throws Exception {
        String gradientFile = directory.resolve("gradient.pid").toString();
        String localFile = directory.resolve("local.pid").toString();
        DataParallel<Softmax> training = DataParallel.of(LostExecutorTest::module, (model, block, gradient) -> {
            waitToBeKilled(gradientFile, block.index());
            return Softmax.sum(model, block, SyntheticRows.CLASSES, gradient);
        });
        LocalSgd<Softmax> local = LocalSgd.of(
                LostExecutorTest::module,
                (model, blocks, round) -> blocks.forEach(block -> {
                    waitToBeKilled(localFile, block.index());
                    Softmax.descend(model, block, 0.5f);
                }));
        Softmax byGradients = module();
        Softmax byLocalSgd = module();

        try (Cluster cluster = Cluster.start(
                        Cluster.TWO_EXECUTORS,
                        // an executor that is lost is one failure of each of its tasks, and none of the machine's
                        "spark.task.maxFailures",
                        "8");
                RowBlocks blocks = RowBlocks.of(
                        ROWS.rdd(cluster.context, 4),
                        BlockOptions.defaults().withBlockRows(BLOCK_ROWS).withPartitions(4));
                LocalSgd.Shards shards = LocalSgd.shards(blocks, 3)) {
            long began = System.nanoTime();
            CompletableFuture<Boolean> firstKill = killWhoWaits(gradientFile);
            Softmax.descend(byGradients, training.gradient(blocks, byGradients), 0.5f);
            CompletableFuture<Boolean> secondKill = killWhoWaits(localFile);
            local.round(shards, byLocalSgd, 0);
            assertThat(firstKill.get() && secondKill.get()).isTrue();
            assertThat((System.nanoTime() - began) / 1e9)
                    .as("seconds, of two steps")
                    .isLessThan(2 * 60);
        }

        Files.writeString(directory.resolve("gradient.pid"), "", java.nio.file.StandardOpenOption.TRUNCATE_EXISTING);
        List<RowBlock> blocks = RowBlock.split(ROWS.matrix(), ROWS.labels(), BLOCK_ROWS);
        Softmax expected = module();
        Softmax.descend(expected, training.gradient(blocks, expected), 0.5f);
        assertThat(byGradients.stateDict().digest())
                .isEqualTo(expected.stateDict().digest());
        Softmax expectedLocal = module();
        local.round(blocks, 3, expectedLocal, 0);
        assertThat(byLocalSgd.stateDict().digest())
                .isEqualTo(expectedLocal.stateDict().digest());
    }

    private static Softmax module() {
        return new Softmax(8, SyntheticRows.CLASSES);
    }

    /** In a task: the first that comes to block 7 leaves its process id in the file, and waits. */
    private static void waitToBeKilled(String file, long block) {
        if (block != 7) {
            return;
        }
        try {
            Files.writeString(
                    Path.of(file + ".new"),
                    Long.toString(ProcessHandle.current().pid()),
                    java.nio.file.StandardOpenOption.CREATE_NEW);
            Files.move(Path.of(file + ".new"), Path.of(file));
            Files.createFile(Path.of(file + ".new"));
            TimeUnit.MINUTES.sleep(2);
        } catch (FileAlreadyExistsException e) {
            // another was killed here already
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletableFuture<Boolean> killWhoWaits(String file) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                while (!Files.exists(Path.of(file + ".new")) || !Files.exists(Path.of(file))) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                TimeUnit.MILLISECONDS.sleep(100);
                long pid = Long.parseLong(Files.readString(Path.of(file)));
                assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
                return ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
    }
}
