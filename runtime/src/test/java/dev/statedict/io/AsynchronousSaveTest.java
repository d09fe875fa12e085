package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Saves by another thread. Writing begins when the test lets it, one checkpoint for each permit. */
@Timeout(60)
class AsynchronousSaveTest {
    private static final long SEED = 19;

    @TempDir
    Path directory;

    private final Learner learner = new Learner(1000);
    private final Semaphore permits = new Semaphore(0);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile RuntimeException failure = new IllegalStateException("never");
    private volatile boolean failing;

    private final CheckpointListener listener = new CheckpointListener() {
        @Override
        public void saved(SavedCheckpoint checkpoint) {
            told.add("saved " + checkpoint.step());
        }

        @Override
        public void skipped(long step) {
            told.add("skipped " + step);
        }
    };

    private CheckpointManager open(WhenBusy whenBusy) throws IOException {
        ProgressListener gate = (done, total) -> {
            if (done == total) {
                permits.acquireUninterruptibly();
                if (failing) {
                    throw failure;
                }
            }
        };
        return CheckpointManager.open(
                directory,
                CheckpointManagerOptions.defaults()
                        .withWriteOptions(WriteOptions.defaults().withProgress(gate))
                        .withListener(listener)
                        .withAsynchronousSaves(whenBusy));
    }

    private boolean save(CheckpointManager manager) throws IOException {
        learner.step();
        return manager.save(learner.progress.step, learner.parts(), Map.of());
    }

    @AfterEach
    void letEveryWriterEnd() {
        permits.release(1000);
    }

    @Test
    void whatIsSavedIsTheStateAtTheCallHoweverLongWritingTakes() throws IOException {
        try (CheckpointManager manager = open(WhenBusy.WAIT)) {
            save(manager);
            learner.train(5);
            assertThat(manager.all()).isEmpty();
            permits.release();

            Learner other = new Learner(1000);
            manager.restore(other.parts()); // which waits
            assertThat(other.requireWhole()).isEqualTo(1);
        }
    }

    @Test
    void waitingSavesEveryStep() throws IOException {
        permits.release(100);
        try (CheckpointManager manager = open(WhenBusy.WAIT)) {
            for (int i = 0; i < 10; i++) {
                assertThat(save(manager)).isTrue();
            }
        }
        requireWholeSteps(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void skippingLeavesOutWhatComesWhileAnotherIsWritten() throws IOException {
        try (CheckpointManager manager = open(WhenBusy.SKIP)) {
            assertThat(save(manager)).isTrue();
            assertThat(save(manager)).isFalse();
            assertThat(save(manager)).isFalse();
            permits.release(2);
            manager.await();
            assertThat(save(manager)).isTrue();
        }
        requireWholeSteps(1, 4);
        assertThat(told).containsExactly("skipped 2", "skipped 3", "saved 1", "saved 4");
    }

    @Test
    void joiningWritesTheNewestNext() throws IOException {
        try (CheckpointManager manager = open(WhenBusy.JOIN)) {
            for (int i = 0; i < 4; i++) {
                assertThat(save(manager)).isTrue();
            }
            learner.train(3);
            permits.release(2);
        }
        requireWholeSteps(1, 4);
        assertThat(told).containsExactly("skipped 2", "skipped 3", "saved 1", "saved 4");
    }

    @Test
    void aFailureIsToldByTheNextCallOnceAndTheOneAfterSaves() throws IOException {
        failure = new IllegalStateException("no such luck");
        try (CheckpointManager manager = open(WhenBusy.WAIT)) {
            failing = true;
            save(manager);
            permits.release();
            assertThatThrownBy(manager::await)
                    .isInstanceOf(IOException.class)
                    .hasMessage("step 1 could not be saved: java.lang.IllegalStateException: no such luck")
                    .hasCause(failure);
            failing = false;
            permits.release();
            save(manager);
        }
        requireWholeSteps(2);
    }

    @Test
    void aFailureAfterWhichNothingIsSavedIsToldByCloseToo() throws IOException {
        failing = true;
        CheckpointManager manager = open(WhenBusy.WAIT);
        save(manager);
        permits.release();
        // waits for the writer, and learns of it
        assertThatThrownBy(() -> save(manager)).isInstanceOf(IOException.class).hasMessageStartingWith("step 1 could");
        assertThatThrownBy(manager::close).isInstanceOf(IOException.class).hasMessageStartingWith("step 1 could");
        manager.close();
        CheckpointManager.open(directory).close();
    }

    @Test
    void aFullDiskIsToldAndWhatWasThereStays() throws IOException {
        permits.release(100);
        try (CheckpointManager manager = open(WhenBusy.WAIT)) {
            save(manager);
            manager.await();
            failing = true;
            failure = new java.io.UncheckedIOException(new IOException("No space left on device"));
            save(manager);
            assertThatThrownBy(manager::await).hasMessageEndingWith("No space left on device");
            assertThat(manager.latest().orElseThrow().step()).isEqualTo(1);
            failing = false;
            save(manager);
        }
        requireWholeSteps(1, 3);
    }

    @Test
    void anInterruptEndsTheWaitAndLeavesWholeFiles() throws IOException {
        try (CheckpointManager manager = open(WhenBusy.WAIT)) {
            save(manager);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> save(manager))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("interrupted while an earlier checkpoint was being written, which goes on");
            // close waits all the same
            permits.release(100);
        }
        assertThat(Thread.interrupted()).isTrue();
        requireWholeSteps(1);
    }

    @Test
    void interruptsAndClosesInAnyOrderLeaveWholeFiles() throws IOException, InterruptedException {
        Random random = new Random(SEED);
        permits.release(10_000);
        for (int round = 0; round < 20; round++) {
            CheckpointManager manager = open(WhenBusy.values()[round % 3]);
            Thread training = new Thread(() -> {
                try {
                    while (true) {
                        save(manager);
                    }
                } catch (IOException | IllegalStateException over) {
                    // interrupted, or closed
                }
            });
            training.start();
            Thread.sleep(random.nextInt(20));
            if (random.nextBoolean()) {
                training.interrupt();
            }
            manager.close();
            training.join();
        }
        try (CheckpointManager manager = open(WhenBusy.WAIT)) {
            Learner other = new Learner(1000);
            for (SavedCheckpoint checkpoint : manager.all()) {
                manager.restore(checkpoint, other.parts());
                assertThat(other.requireWhole()).isEqualTo(checkpoint.step());
            }
        }
    }

    @Test
    void aSaveThatThePartsFailDoesNotUseUpTheMemory() throws IOException {
        permits.release(100);
        Stateful broken = visitor -> {
            throw new IllegalStateException("not now");
        };
        try (CheckpointManager manager = open(WhenBusy.JOIN)) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> manager.save(1, Map.of("broken", broken), Map.of()))
                        .hasMessage("not now");
            }
            save(manager);
        }
        requireWholeSteps(1);
    }

    @Test
    void theSecondSaveAndThoseAfterItLeaveNextToNoGarbage() throws IOException {
        Process process = SavesWithoutCollector.of(directory)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String used;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            used = output.readLine();
        }
        // the model, its snapshot, and what the machine itself and forty saves of whatever size take
        assertThat(Long.parseLong(used)).isLessThan(2 * 32_000_000 + 20_000_000);
    }

    @Test
    void aModelThatChangesItsFormIsSnapshottedAsItIs() throws IOException {
        permits.release(100);
        class Tied implements Stateful {
            Tensor a = Tensor.wrap(new float[] {1, 2}, 2);
            Tensor b = a;

            @Override
            public void visitState(StateVisitor visitor) {
                visitor.parameter("a", a);
                visitor.parameter("b", b);
            }
        }
        Tied tied = new Tied();
        try (CheckpointManager manager = open(WhenBusy.WAIT)) {
            manager.save(1, Map.of("model", tied), Map.of());
            tied.a.fill(3);
            manager.save(2, Map.of("model", tied), Map.of());
            tied.b = Tensor.wrap(new float[] {5, 6}, 2);
            manager.save(3, Map.of("model", tied), Map.of());
            tied.a = Tensor.wrap(new float[] {7, 8, 9}, 3);
            manager.save(4, Map.of("model", tied), Map.of());
            tied.a = tied.b;
            manager.save(5, Map.of("model", tied), Map.of());
            manager.await();

            assertThat(load(manager, 1).get("model.b").toArray()).containsExactly(1, 2);
            assertThat(load(manager, 2).get("model.a").toArray()).containsExactly(3, 3);
            assertThat(load(manager, 3).get("model.a").toArray()).containsExactly(3, 3);
            assertThat(load(manager, 3).get("model.b").toArray()).containsExactly(5, 6);
            assertThat(load(manager, 4).get("model.a").toArray()).containsExactly(7, 8, 9);
            StateDict tiedAgain = load(manager, 5);
            assertThat(tiedAgain.get("model.a").sharesStorageWith(tiedAgain.get("model.b")))
                    .isTrue();
            assertThat(tiedAgain.get("model.a").toArray()).containsExactly(5, 6);
        }
    }

    private static StateDict load(CheckpointManager manager, long step) throws IOException {
        return Checkpoints.load(manager.at(step).orElseThrow().path());
    }

    private void requireWholeSteps(long... steps) throws IOException {
        try (CheckpointManager manager =
                CheckpointManager.openReadOnly(directory, CheckpointManagerOptions.defaults())) {
            Learner other = new Learner(1000);
            List<SavedCheckpoint> all = manager.all();
            assertThat(all.stream().mapToLong(SavedCheckpoint::step).toArray()).containsExactly(steps);
            for (SavedCheckpoint checkpoint : all) {
                manager.restore(checkpoint, other.parts());
                assertThat(other.requireWhole()).isEqualTo(checkpoint.step());
            }
        }
    }
}
