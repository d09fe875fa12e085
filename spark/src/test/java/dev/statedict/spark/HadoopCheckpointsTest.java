package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.io.CheckpointFormat;
import dev.statedict.io.CheckpointManagerOptions;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.ReadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints on a file system of Hadoop's: here, for want of another, its own view of the local one. */
class HadoopCheckpointsTest {
    private static final SyntheticRows ROWS = SyntheticRows.of(100, 4);
    private static final List<RowBlock> BLOCKS = RowBlock.split(ROWS.matrix(), ROWS.labels(), 16);
    private static final DataParallel<Softmax> TRAINING = DataParallel.of(
            () -> new Softmax(4, 3), (model, block, gradient) -> Softmax.sum(model, block, 3, gradient));

    @TempDir
    Path directory;

    private HadoopCheckpoints open() throws Exception {
        return HadoopCheckpoints.open(
                directory.resolve("run").toUri().toString(),
                new Configuration(),
                CheckpointManagerOptions.defaults().withKeepLast(2));
    }

    private static void train(Softmax model) {
        Softmax.descend(model, TRAINING.gradient(BLOCKS, model), 0.5f);
    }

    @Test
    void aTrainingGoesOnWhereItEnded() throws Exception {
        Softmax unbroken = new Softmax(4, 3);
        for (int step = 0; step < 6; step++) {
            train(unbroken);
        }

        Softmax first = new Softmax(4, 3);
        try (HadoopCheckpoints checkpoints = open()) {
            assertThat(checkpoints.restore(Map.of("model", first))).isEmpty();
            for (int step = 1; step <= 4; step++) {
                train(first);
                checkpoints.save(step, Map.of("model", first), Map.of("loss", 1.0 / step));
            }
        }
        Files.writeString(directory.resolve("run").resolve(".step-0000000005.safetensors.part"), "a driver died here");
        Softmax second = new Softmax(4, 3);
        try (HadoopCheckpoints checkpoints = open()) {
            assertThat(checkpoints
                            .restore(Map.of("model", second))
                            .orElseThrow()
                            .checkpoint()
                            .step())
                    .isEqualTo(4);
            train(second);
            checkpoints.save(5, Map.of("model", second), Map.of());
            train(second);
            checkpoints.save(6, Map.of("model", second), Map.of());
            assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(6);
        }

        assertThat(second.stateDict().digest()).isEqualTo(unbroken.stateDict().digest());
        try (Stream<Path> files = Files.list(directory.resolve("run"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".crc")))
                    .containsExactlyInAnyOrder("step-0000000005.safetensors", "step-0000000006.safetensors");
        }
        assertThat(Checkpoints.load(
                                directory.resolve("run").resolve("step-0000000006.safetensors"),
                                ReadOptions.defaults().withPart("model"))
                        .digest())
                .isEqualTo(unbroken.stateDict().digest());
    }

    @Test
    void checkpointsOfAnotherFormatComeBackTooAndOtherFilesAreLeftAlone() throws Exception {
        Path run = Files.createDirectories(directory.resolve("run"));
        Files.writeString(run.resolve("step-by-step.txt"), "mine");
        CheckpointManagerOptions options =
                CheckpointManagerOptions.defaults().withKeepLast(1).withFormat(CheckpointFormat.STATEDICT);
        Softmax model = new Softmax(4, 3);
        model.bias.fill(7);
        try (HadoopCheckpoints checkpoints =
                HadoopCheckpoints.open(run.toUri().toString(), new Configuration(), options)) {
            checkpoints.save(1, Map.of("model", model), Map.of());
            checkpoints.save(2, Map.of("model", model), Map.of());
        }

        Softmax restored = new Softmax(4, 3);
        try (HadoopCheckpoints checkpoints =
                HadoopCheckpoints.open(run.toUri().toString(), new Configuration(), options)) {
            checkpoints.restore(Map.of("model", restored));
        }

        assertThat(restored.bias.get(2)).isEqualTo(7);
        assertThat(run.resolve("step-0000000001.statedict")).doesNotExist();
        assertThat(run.resolve("step-0000000002.statedict")).exists();
        assertThat(run.resolve("step-by-step.txt")).exists();
    }
}
