package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Modules.Linear;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dict may be read by any thread; calls on a module that write exclude all others, by the caller's lock. */
class StateDictThreadsTest {
    private static final int THREADS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Lets all threads loose at once. */
    private <T> List<T> together(Callable<T> task) throws InterruptedException, ExecutionException {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            futures.add(threads.submit(() -> {
                barrier.await();
                return task.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    private static Stateful wide() {
        Map<String, Stateful> layers = new LinkedHashMap<>();
        for (int i = 0; i < 200; i++) {
            layers.put("layer" + i, new Linear(tensor(i), tensor(-i)));
        }
        return Modules.visiting(visitor -> visitor.submodules("layers", layers));
    }

    @Test
    void manyThreadsMayBeTheFirstToAskForKeys() throws Exception {
        Stateful module = wide();
        for (int round = 0; round < 50; round++) {
            StateDict dict = module.stateDict();

            List<Boolean> all = together(() -> {
                for (int i = 0; i < 200; i++) {
                    if (dict.get("layers.layer" + i + ".weight").item() != i) {
                        return false;
                    }
                }
                return dict.keySet().contains("layers.layer7.bias") && dict.size() == 400;
            });

            assertThat(all).containsOnly(true);
        }
    }

    @Test
    void manyStateDictCallsMayRunTogether() throws Exception {
        Stateful module = wide();

        List<StateDict> dicts = together(() -> module.stateDict(Policy.COPY));

        assertThat(dicts).allMatch(dict -> dict.contentEquals(dicts.get(0)));
    }

    /** Training keeps both tensors equal, step by step, under its lock. */
    @Test
    void aSnapshotTakenUnderTheTrainersLockIsConsistent() throws Exception {
        Linear model = new Linear(Tensor.zeros(1000), Tensor.zeros(1000));
        ReentrantLock lock = new ReentrantLock(true);
        boolean[] stop = {false};
        Future<Integer> training = threads.submit(() -> {
            int step = 0;
            while (true) {
                lock.lock();
                try {
                    if (stop[0]) {
                        return step;
                    }
                    step++;
                    model.weight.fill(step);
                    model.bias.fill(step);
                } finally {
                    lock.unlock();
                }
                Thread.onSpinWait();
            }
        });

        // one snapshot is allocated, and refreshed again and again
        StateDict snapshot = model.stateDict(Policy.COPY);
        for (int i = 0; i < 500; i++) {
            lock.lock();
            try {
                model.stateDict().copyTo(snapshot);
            } finally {
                lock.unlock();
            }
            float step = snapshot.get("weight").get(0);
            Tensor expected = Tensor.zeros(1000);
            expected.fill(step);
            assertThat(snapshot.get("weight").contentEquals(expected)).isTrue();
            assertThat(snapshot.get("bias").contentEquals(expected)).isTrue();
        }
        lock.lock();
        try {
            stop[0] = true;
        } finally {
            lock.unlock();
        }
        assertThat(training.get()).isPositive();
    }
}
