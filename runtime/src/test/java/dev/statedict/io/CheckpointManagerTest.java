package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.statedict.LoadOptions;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.StateHooks;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointManagerTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    private final Learner learner = new Learner(3);
    private final List<String> told = new ArrayList<>();

    private final CheckpointListener listener = new CheckpointListener() {
        @Override
        public void saved(SavedCheckpoint checkpoint) {
            told.add("saved " + checkpoint.step());
        }

        @Override
        public void deleted(SavedCheckpoint checkpoint) {
            told.add("deleted " + checkpoint.step());
        }

        @Override
        public void damaged(SavedCheckpoint checkpoint) {
            told.add("damaged " + checkpoint.step() + ": " + checkpoint.damage().orElseThrow());
        }
    };

    private final CheckpointManagerOptions options =
            CheckpointManagerOptions.defaults().withListener(listener);

    @Test
    void allPartsOfAStepAreOneFileAndComeBackTogether() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory)) {
            learner.train(7);
            assertThat(manager.save(7, learner.parts(), Map.of("loss", 0.5))).isTrue();
        }

        Learner other = new Learner(3);
        try (CheckpointManager manager = CheckpointManager.open(directory)) {
            RestoredCheckpoint restored = manager.restore(other.parts()).orElseThrow();

            assertThat(other.requireWhole()).isEqualTo(7);
            assertThat(other.progress.note).isEqualTo("after step 7");
            assertThat(restored.checkpoint().step()).isEqualTo(7);
            assertThat(restored.report().applied())
                    .containsExactly("model.weight", "optimizer.weight", "progress.step", "progress._extra_state");
            assertThat(restored.damaged()).isEmpty();
        }
    }

    @Test
    void aCheckpointIsPlainSafetensorsWithPartsAsPrefixes() throws IOException {
        Clock clock = Clock.fixed(START, ZoneOffset.UTC);
        try (CheckpointManager manager = CheckpointManager.open(directory, options.withClock(clock))) {
            learner.train(7);
            manager.save(7, learner.parts(), Map.of("loss", Double.NaN));
        }
        Path file = directory.resolve("step-0000000007.safetensors");

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.keys())
                    .containsExactlyInAnyOrder("model.weight", "optimizer.weight", "progress.step");
            assertThat(checkpoint.metadata())
                    .containsEntry("format", "pt")
                    .containsEntry(
                            "checkpoint",
                            "{\"step\":7,\"time\":\"2026-01-31T12:00:00Z\",\"metrics\":{\"loss\":\"NaN\"}}");
        }
        StateDict model = Checkpoints.load(file, ReadOptions.defaults().withPart("model"));
        assertThat(model.keySet()).containsExactly("weight");
        assertThat(files()).containsExactly(".statedict.lock", "step-0000000007.safetensors");
    }

    @Test
    void anArrayIsNoCheckpoint() {
        String problem = "an .npy file holds one array and no step, time or metrics; save checkpoints as NUMPY (.npz)";
        assertThatThrownBy(() -> options.withFormat(CheckpointFormat.NUMPY_ARRAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
        WriteOptions array = WriteOptions.defaults().withFormat(CheckpointFormat.NUMPY_ARRAY);
        assertThatThrownBy(() -> options.withWriteOptions(array))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    @Test
    void theFormatMayBeOneOfTheWriteOptions() throws IOException {
        WriteOptions pytorch = WriteOptions.defaults().withFormat(CheckpointFormat.PYTORCH);
        try (CheckpointManager manager = CheckpointManager.open(directory, options.withWriteOptions(pytorch))) {
            learner.train(7);
            manager.save(7, learner.parts(), Map.of());
            assertThat(files()).containsExactly(".statedict.lock", "step-0000000007.pt");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMPY_ARRAY") // holds one entry
    void checkpointsAreOfAnyFormat(CheckpointFormat format) throws IOException {
        CheckpointManagerOptions ofFormat = options.withFormat(format)
                .withKeepLast(1)
                .withKeepBest(1, "loss", Objective.MINIMIZE)
                .withAsynchronousSaves(WhenBusy.WAIT);
        String suffix = format.suffixes().get(0);
        try (CheckpointManager manager = CheckpointManager.open(directory, ofFormat)) {
            for (int step = 1; step <= 4; step++) {
                learner.train(1);
                manager.save(step, learner.parts(), Map.of("loss", step == 2 ? 0.25 : 0.5));
            }
            manager.await();
            manager.pin(4);
            assertThat(files())
                    .containsExactly(
                            ".statedict.lock", "step-0000000002." + suffix, "step-0000000004-pinned." + suffix);
        }

        try (CheckpointManager manager = CheckpointManager.open(directory, ofFormat)) {
            assertThat(manager.best().orElseThrow().metrics()).isEqualTo(Map.of("loss", 0.25));
            Learner other = new Learner(3);
            manager.restore(other.parts());
            assertThat(other.requireWhole()).isEqualTo(4);
            manager.restore(manager.at(2).orElseThrow(), other.parts());
            assertThat(other.requireWhole()).isEqualTo(2);
        }
        StateDict model = Checkpoints.load(
                directory.resolve("step-0000000002." + suffix),
                ReadOptions.defaults().withPart("model"));
        assertThat(model.keySet()).containsExactly("weight");
        assertThat(told).contains("deleted 1", "deleted 3");
    }

    @Test
    void aStepThatIsSavedInAnotherFormatStandsInThatAlone() throws IOException {
        learner.train(7);
        try (CheckpointManager manager = CheckpointManager.open(directory, options)) {
            manager.save(7, learner.parts(), Map.of());
            manager.pin(7);
            manager.save(8, learner.parts(), Map.of());
        }
        // as a save leaves it that was killed before it deleted what it replaces
        Path safetensors = directory.resolve("step-0000000008.safetensors");
        Path aside = Files.copy(safetensors, directory.resolve("aside"));
        try (CheckpointManager manager =
                CheckpointManager.open(directory, options.withFormat(CheckpointFormat.PYTORCH))) {
            manager.save(7, learner.parts(), Map.of());
            manager.save(8, learner.parts(), Map.of("loss", 1));
            assertThat(files())
                    .containsExactly(".statedict.lock", "aside", "step-0000000007-pinned.pt", "step-0000000008.pt");

            Files.move(aside, safetensors);
            assertThat(manager.all()).extracting(SavedCheckpoint::step).containsExactly(7L, 8L);
            assertThat(manager.latest().orElseThrow().metrics()).isEqualTo(Map.of("loss", 1.0));
            manager.delete(8);
            assertThat(files()).containsExactly(".statedict.lock", "step-0000000007-pinned.pt");
        }
    }

    @Test
    void aFileOfAnotherFormatThatIsNoCheckpointIsListedAsDamaged() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory, options)) {
            Checkpoints.save(directory.resolve("step-0000000001.pt"), learner.model.stateDict());
            Files.writeString(directory.resolve("step-0000000002.pt"), "half of something");
            Checkpoints.save(
                    directory.resolve("step-0000000003.pt"),
                    learner.model.stateDict(),
                    WriteOptions.defaults().withMetadata(Map.of("checkpoint", "{")));

            assertThat(manager.all())
                    .extracting(SavedCheckpoint::step, SavedCheckpoint::damage)
                    .containsExactly(
                            tuple(1L, Optional.of("there is no metadata \"checkpoint\" that says what step it is")),
                            tuple(
                                    2L,
                                    Optional.of("neither safetensors nor a checkpoint of PyTorch, NumPy or statedict")),
                            tuple(3L, Optional.of("its label, character 1: expected a name in quotes, found the end")));
        }
    }

    @Test
    void aDirectoryWithoutCheckpointsRestoresNothing() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory.resolve("new/one"))) {
            assertThat(manager.restore(learner.parts())).isEmpty();
            assertThat(manager.latest()).isEmpty();
            assertThat(manager.all()).isEmpty();
        }
    }

    @Test
    void aRestoreThatDoesNotFitOnePartLeavesAllPartsAsTheyWere() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory)) {
            learner.train(7);
            manager.save(7, learner.parts(), Map.of());
            Learner other = new Learner(3);
            other.train(2);
            Map<String, Stateful> parts = other.parts();
            parts.put("optimizer", new Learner.Model(4));

            assertThatThrownBy(() -> manager.restore(parts))
                    .isInstanceOf(StateDictLoadException.class)
                    .hasMessageContaining("optimizer.weight");
            assertThat(other.requireWhole()).isEqualTo(2);
        }
    }

    @Test
    void somePartsAloneAreRestoredWhereOptionsForgiveTheOthers() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory)) {
            learner.train(7);
            manager.save(7, learner.parts(), Map.of());
            Learner.Model model = new Learner.Model(3);
            Tensor own = model.weight;

            manager.restore(
                    manager.latest().orElseThrow(),
                    Map.of("model", model),
                    LoadOptions.strict().allowUnexpected("optimizer.*", "progress.*"));

            assertThat(own.toArray()).containsExactly(7, 7, 7);
        }
    }

    @Test
    void theLastTheBestTheNthTheYoungAndThePinnedStay() throws IOException {
        SettableClock clock = new SettableClock();
        try (CheckpointManager manager = CheckpointManager.open(
                directory,
                options.withClock(clock)
                        .withKeepLast(2)
                        .withKeepBest(2, "loss", Objective.MINIMIZE)
                        .withKeepEvery(10)
                        .withKeepYounger(Duration.ofMinutes(3)))) {
            for (int step = 1; step <= 24; step++) {
                clock.now = START.plus(Duration.ofMinutes(step));
                // the best are 5 and 6, and whatever is not measured
                double loss = step == 5 ? 0.1 : step == 6 ? 0.2 : step % 2 == 0 ? Double.NaN : 1.0 + step;
                manager.save(step, learner.parts(), Map.of("loss", loss));
                if (step == 13) {
                    manager.pin(13);
                }
            }

            assertThat(manager.all())
                    .extracting(SavedCheckpoint::step)
                    .containsExactly(5L, 6L, 10L, 13L, 20L, 21L, 22L, 23L, 24L);
            assertThat(manager.best().orElseThrow().step()).isEqualTo(5);
            assertThat(manager.latest().orElseThrow().step()).isEqualTo(24);
            assertThat(manager.at(13).orElseThrow().pinned()).isTrue();
            assertThat(manager.at(12)).isEmpty();

            manager.unpin(13);
            manager.save(25, learner.parts(), Map.of());
            assertThat(manager.at(13)).isEmpty();
        }
        assertThat(told.indexOf("deleted 1")).isGreaterThan(told.indexOf("saved 5"));
    }

    @Test
    void nothingIsDeletedBeforeWhatReplacesItIsOnDisk() throws IOException {
        List<List<String>> onDisk = new ArrayList<>();
        CheckpointListener looking = new CheckpointListener() {
            @Override
            public void saved(SavedCheckpoint checkpoint) {
                onDisk.add(files());
            }
        };
        try (CheckpointManager manager =
                CheckpointManager.open(directory, options.withListener(looking).withKeepLast(1))) {
            manager.save(1, learner.parts(), Map.of());
            manager.save(2, learner.parts(), Map.of());
        }
        assertThat(onDisk.get(1)).contains("step-0000000001.safetensors", "step-0000000002.safetensors");
        assertThat(files()).containsExactly(".statedict.lock", "step-0000000002.safetensors");
    }

    @Test
    void theBestIsTheEarliestOfEqualsAndNeverNaN() throws IOException {
        for (Objective objective : Objective.values()) {
            try (CheckpointManager manager = CheckpointManager.open(
                    directory.resolve(objective.name()), options.withKeepBest(1, "score", objective))) {
                manager.save(1, learner.parts(), Map.of("score", Double.NaN));
                assertThat(manager.best()).isEmpty();
                manager.save(2, learner.parts(), Map.of("score", 0.5));
                manager.save(3, learner.parts(), Map.of("score", 0.5f));
                manager.save(4, learner.parts(), Map.of("other", 7));
                manager.save(5, learner.parts(), Map.of("score", Double.NaN));
                assertThat(manager.best().map(SavedCheckpoint::step)).contains(2L);
                manager.save(6, learner.parts(), Map.of("score", objective == Objective.MINIMIZE ? 0.4 : 0.6));
                assertThat(manager.best().map(SavedCheckpoint::step)).contains(6L);
                assertThat(manager.all()).extracting(SavedCheckpoint::step).containsExactly(6L);
            }
        }
    }

    @Test
    void whatTheBestIsHasToBeSaid() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory)) {
            assertThatThrownBy(manager::best)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no metric says which checkpoint is the best;"
                            + " open with options.withKeepBest(1, metric, objective)");
        }
    }

    @Test
    void aStepThatIsSavedAgainTakesThePlaceOfTheFirst() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory, options)) {
            learner.train(3);
            manager.save(3, learner.parts(), Map.of("loss", 1));
            manager.pin(3);
            manager.save(3, learner.parts(), Map.of("loss", 2));

            assertThat(manager.all()).hasSize(1);
            assertThat(manager.latest().orElseThrow().metrics()).isEqualTo(Map.of("loss", 2.0));
            assertThat(manager.latest().orElseThrow().pinned()).isTrue();
        }
    }

    @Test
    void aClockThatGoesBackDeletesNothingYoungAndOrdersNothing() throws IOException {
        SettableClock clock = new SettableClock();
        try (CheckpointManager manager =
                CheckpointManager.open(directory, options.withClock(clock).withKeepYounger(Duration.ofHours(1)))) {
            manager.save(1, learner.parts(), Map.of());
            clock.now = START.minus(Duration.ofDays(400));
            manager.save(2, learner.parts(), Map.of());
            manager.save(3, learner.parts(), Map.of());

            assertThat(manager.all()).extracting(SavedCheckpoint::step).containsExactly(1L, 2L, 3L);
            assertThat(manager.latest().orElseThrow().step()).isEqualTo(3);
        }
    }

    @Test
    void aDamagedLatestIsToldAndNotPassedOverUnasked() throws IOException {
        saveAndDamage();
        Learner other = new Learner(3);
        try (CheckpointManager manager = CheckpointManager.open(directory, options)) {
            told.clear();
            assertThat(manager.latest().orElseThrow().step()).isEqualTo(2);
            assertThatThrownBy(() -> manager.restore(other.parts()))
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessageStartingWith(directory.resolve("step-0000000002.safetensors") + ": ")
                    .hasMessageEndingWith("it has changed since it was written; it is the latest checkpoint;"
                            + " for the one before it, open with options.allowDamaged()");
            assertThat(other.requireWhole()).isZero();
            assertThat(told).hasSize(1);
            assertThat(told.get(0)).startsWith("damaged 2: ").endsWith("it has changed since it was written");
            assertThat(manager.latest().orElseThrow().damage()).isPresent();
        }
    }

    @Test
    void aDamagedLatestIsPassedOverWhereThatIsAskedForAndTold() throws IOException {
        saveAndDamage();
        Learner other = new Learner(3);
        try (CheckpointManager manager =
                CheckpointManager.open(directory, options.allowDamaged().withKeepLast(1))) {
            told.clear();
            RestoredCheckpoint restored = manager.restore(other.parts()).orElseThrow();

            assertThat(restored.checkpoint().step()).isEqualTo(1);
            assertThat(restored.damaged()).extracting(SavedCheckpoint::step).containsExactly(2L);
            assertThat(other.requireWhole()).isEqualTo(1);
            assertThat(told).hasSize(1);

            // and it does not count as one that is kept
            manager.save(1, learner.parts(), Map.of());
            assertThat(manager.all()).extracting(SavedCheckpoint::step).containsExactly(1L, 2L);
            manager.save(2, learner.parts(), Map.of());
            assertThat(manager.all()).extracting(SavedCheckpoint::step).containsExactly(2L);
        }
    }

    @Test
    void aFileThatIsNoCheckpointIsListedAsDamaged() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory, options.allowDamaged())) {
            learner.train(1);
            manager.save(1, learner.parts(), Map.of());
            Files.writeString(directory.resolve("step-0000000002.safetensors"), "");
            Files.copy(
                    directory.resolve("step-0000000001.safetensors"), directory.resolve("step-0000000003.safetensors"));
            Checkpoints.save(directory.resolve("step-0000000004.safetensors"), learner.model.stateDict());
            Files.writeString(directory.resolve("step-5.safetensors"), "of somebody else");

            assertThat(manager.all())
                    .extracting(SavedCheckpoint::step, SavedCheckpoint::damage)
                    .containsExactly(
                            tuple(1L, Optional.empty()),
                            tuple(2L, Optional.of("expected 8 bytes at offset 0, the file has 0")),
                            tuple(3L, Optional.of("its name says step 3, its label step 1")),
                            tuple(
                                    4L,
                                    Optional.of("header, byte 68: there is no metadata \"checkpoint\" that says what"
                                            + " step it is")));
            assertThat(manager.restore(learner.parts()).orElseThrow().damaged())
                    .extracting(SavedCheckpoint::step)
                    .containsExactly(4L, 3L, 2L);
        }
    }

    @Test
    void aSecondManagerIsRefusedOrReadsOnly() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory, options)) {
            learner.train(1);
            manager.save(1, learner.parts(), Map.of());

            assertThatThrownBy(() -> CheckpointManager.open(directory, options))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(directory.toRealPath() + ": another CheckpointManager in this process saves to it;"
                            + " close that one, or open this one by openReadOnly");
            Learner other = new Learner(3);
            try (CheckpointManager reader = CheckpointManager.openReadOnly(directory, options)) {
                reader.restore(other.parts());
                assertThat(other.requireWhole()).isEqualTo(1);
                assertThatThrownBy(() -> reader.save(2, other.parts(), Map.of()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the manager of " + directory + " is read-only; open it by open");
            }
            // the first one's lock outlived the others
            assertThatThrownBy(() -> CheckpointManager.open(directory, options))
                    .isInstanceOf(FileSystemException.class);
        }
        CheckpointManager.open(directory, options).close();
        assertThatThrownBy(() -> CheckpointManager.openReadOnly(directory.resolve("none"), options))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aManagerInAnotherProcessHoldsTheDirectoryUntilItIsKilled() throws IOException, InterruptedException {
        Process process = TrainingProcess.of(List.of(), directory, Integer.MAX_VALUE)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("begins");
            assertThatThrownBy(() -> CheckpointManager.open(directory, options))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(directory.toRealPath() + ": another CheckpointManager in process " + process.pid()
                            + " saves to it; close that one, or open this one by openReadOnly");
            assertThat(output.readLine()).isEqualTo("1");
            // beside one that saves and deletes
            TrainingProcess.Run run = new TrainingProcess.Run();
            try (CheckpointManager reader = CheckpointManager.openReadOnly(directory, options)) {
                for (int i = 0; i < 5; i++) {
                    assertThat(reader.restore(TrainingProcess.parts(run))
                                    .orElseThrow()
                                    .checkpoint()
                                    .step())
                            .isEqualTo(run.step)
                            .isPositive();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        CheckpointManager.open(directory, options).close();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDirectoryThatMayNotBeWrittenIsToldAndNothingIsDeleted() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory, options.withKeepLast(1))) {
            manager.save(1, learner.parts(), Map.of());
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
            try {
                assumeFalse(Files.isWritable(directory), "whoever runs this may write anywhere");
                assertThatThrownBy(() -> manager.save(2, learner.parts(), Map.of()))
                        .isInstanceOf(AccessDeniedException.class);
                assertThat(manager.all()).extracting(SavedCheckpoint::step).containsExactly(1L);
            } finally {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    @Test
    void aHookThatThrowsOrAPartThatCannotBeSnapshottedSavesNothing() throws IOException {
        IllegalStateException thrown = new IllegalStateException("not now");
        final class Hooked implements Stateful, StateHooks {
            @Override
            public void visitState(StateVisitor visitor) {
                visitor.parameter("weight", learner.model.weight);
            }

            @Override
            public StateDict afterStateDict(String prefix, StateDict state) {
                throw thrown;
            }
        }
        Stateful broken = visitor -> {
            throw thrown;
        };
        try (CheckpointManager manager = CheckpointManager.open(directory, options.withKeepLast(1))) {
            manager.save(1, learner.parts(), Map.of());
            for (Stateful part : List.of(new Hooked(), broken)) {
                Map<String, Stateful> parts = learner.parts();
                parts.put("part", part);
                assertThatThrownBy(() -> manager.save(2, parts, Map.of())).isSameAs(thrown);
                assertThat(manager.all()).extracting(SavedCheckpoint::step).containsExactly(1L);
            }
            manager.save(3, learner.parts(), Map.of());
        }
        assertThat(told).containsExactly("saved 1", "saved 3", "deleted 1");
    }

    @Test
    void namesAndStepsThatAreNoneAreRefused() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory, options)) {
            assertThatThrownBy(() -> manager.save(-1, learner.parts(), Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no step -1; the first is 0");
            assertThatThrownBy(() -> manager.save(1, Map.of(), Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no part; give one module at least, by a name such as \"model\"");
            assertThatThrownBy(() -> manager.save(1, Map.of("a.b", learner.model), Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"a.b\" is no name of a part, of which its keys are made;"
                            + " give a word without dots, such as \"model\"");
            assertThatThrownBy(() -> manager.pin(1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no checkpoint of step 1 in " + directory + "; there are []");
        }
        assertThatThrownBy(() -> options.withKeepLast(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of checkpoints to keep is 0; give 1 or more");
        assertThatThrownBy(
                        () -> options.withWriteOptions(WriteOptions.defaults().withShardSize(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a checkpoint is one file, which is there or is not; give write options without a shard size");
    }

    @Test
    void aClosedManagerSavesNoMore() throws IOException {
        CheckpointManager manager = CheckpointManager.open(directory, options);
        manager.close();
        manager.close();
        assertThatThrownBy(() -> manager.save(1, learner.parts(), Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the manager of " + directory + " is closed");
    }

    @Test
    void theGreatestStepsHaveNamesToo() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory, options)) {
            manager.save(Long.MAX_VALUE, learner.parts(), Map.of());
            manager.save(12_345_678_901L, learner.parts(), Map.of());
            manager.save(0, learner.parts(), Map.of());
            assertThat(manager.all())
                    .extracting(SavedCheckpoint::step)
                    .containsExactly(0L, 12_345_678_901L, Long.MAX_VALUE);
        }
    }

    @Test
    void tenThousandCheckpointsAreListedInLessThanASecond() throws IOException {
        for (int step = 0; step < 10_000; step++) {
            Files.write(directory.resolve(String.format("step-%010d.safetensors", step)), file(step));
        }
        long fastest = Long.MAX_VALUE;
        long opening = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3; attempt++) {
            try (CheckpointManager manager = CheckpointManager.open(directory, options)) {
                long start = System.nanoTime();
                List<SavedCheckpoint> all = manager.all();
                assertThat(all).hasSize(10_000);
                assertThat(all.get(4711).metrics()).isEqualTo(Map.of("loss", 0.5));
                fastest = Math.min(fastest, System.nanoTime() - start);
            }
            long start = System.nanoTime();
            for (String name : files()) {
                try (FileChannel channel = FileChannel.open(directory.resolve(name))) {
                    channel.read(ByteBuffer.allocate(4096), 0);
                }
            }
            opening = Math.min(opening, System.nanoTime() - start);
        }
        // or, where the machine is busy with other things, a multiple of what opening so many files takes there
        assertThat(fastest).isLessThan(Math.max(Duration.ofSeconds(1).toNanos(), 20 * opening));
    }

    /** A checkpoint of one element. */
    private static byte[] file(int step) {
        String header = "{\"__metadata__\":{\"checkpoint\":\"{\\\"step\\\":" + step
                + ",\\\"time\\\":\\\"2026-01-31T12:00:00Z\\\",\\\"metrics\\\":{\\\"loss\\\":\\\"0.5\\\"}}\"},"
                + "\"model.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        byte[] json = header.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(Long.BYTES + json.length + Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    /** Steps 1 and 2, of which 2 has another bit than it was written with. */
    private void saveAndDamage() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(directory, options)) {
            learner.train(1);
            manager.save(1, learner.parts(), Map.of());
            learner.train(1);
            manager.save(2, learner.parts(), Map.of());
        }
        Path latest = directory.resolve("step-0000000002.safetensors");
        try (FileChannel channel = FileChannel.open(latest, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), channel.size() - 4);
        }
    }

    private List<String> files() {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A clock that shows what it is told. */
    private static final class SettableClock extends Clock {
        Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
