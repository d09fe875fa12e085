package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.statedict.tensor.Tensor;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Values go into the module's own tensors, as if all of the dict had been read before the first was written. */
class CopyLoadingTest {
    private final Tensor a = tensor(1, 2);
    private final Tensor b = tensor(3, 4);
    private final Stateful module = Modules.visiting(visitor -> {
        visitor.parameter("a", a);
        visitor.parameter("b", b);
    });

    @Test
    void tensorsAndStoragesOfTheModuleStaySoThatOlderAliasDictsFollow() {
        StateDict live = module.stateDict(Policy.ALIAS);
        float[] storage = a.storage();

        module.loadStateDict(Map.of("a", tensor(5, 6), "b", tensor(7, 8)));

        assertThat(module.stateDict().get("a")).isSameAs(a);
        assertThat(a.storage()).isSameAs(storage);
        assertThat(live.get("a").toArray()).containsExactly(5, 6);
    }

    @Test
    void laterWritesToTheDictDoNotReachTheModule() {
        Tensor given = tensor(5, 6);
        module.loadStateDict(Map.of("a", given, "b", given));

        given.fill(0);

        assertThat(a.toArray()).containsExactly(5, 6);
        assertThat(b.toArray()).containsExactly(5, 6);
    }

    @Test
    void aTensorThatIsCopiedInPiecesArrivesWholeAlsoBesideACounter() {
        float[] given = new float[4_300_000];
        for (int i = 0; i < given.length; i++) {
            given[i] = i;
        }
        Tensor large = Tensor.zeros(given.length);
        int[] step = {1};
        Stateful counting = Modules.of(
                visitor -> {
                    visitor.parameter("large", large);
                    visitor.counter("step", step[0]);
                },
                assigner -> assigner.<Integer>setter("step", () -> step[0], value -> step[0] = value));

        counting.loadStateDict(Map.of("large", Tensor.wrap(given, given.length), "step", Tensor.scalar(2)));

        assertThat(Arrays.equals(large.storage(), given)).isTrue();
        assertThat(step).containsExactly(2);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aTensorThatIsCopiedInPiecesDoesNotWaitForThreadsThatAreBusy() throws InterruptedException {
        int threads = ForkJoinPool.getCommonPoolParallelism();
        CountDownLatch busy = new CountDownLatch(threads);
        CountDownLatch freed = new CountDownLatch(1);
        Tensor large = Tensor.zeros(4_300_000);
        Tensor given = Tensor.zeros(4_300_000);
        given.fill(3);
        Stateful net = Modules.visiting(visitor -> visitor.parameter("large", large));
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                busy.countDown();
                try {
                    freed.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        try {
            assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> net.loadStateDict(Map.of("large", given)));
        } finally {
            freed.countDown();
        }
        assertThat(large.get(4_299_999)).isEqualTo(3);
    }

    @Test
    void aCrossedDictIsATrueSwap() {
        module.loadStateDict(Map.of("a", b, "b", a));

        assertThat(a.toArray()).containsExactly(3, 4);
        assertThat(b.toArray()).containsExactly(1, 2);
    }

    @Test
    void aPlaceThatKeepsItsOwnTensorCanBeGivenToAnotherToo() {
        LoadReport report = module.loadStateDict(Map.of("a", a, "b", a));

        assertThat(b.toArray()).containsExactly(1, 2);
        assertThat(b.sharesStorageWith(a)).isFalse();
        assertThat(report.unchanged()).containsExactly("a");
        assertThat(report.applied()).containsExactly("a", "b");
    }

    @Test
    void aReversedViewOfTheTargetIsReadBeforeItIsWritten() {
        Tensor matrix = Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2);
        Stateful square = Modules.visiting(visitor -> visitor.parameter("m", matrix));

        square.loadStateDict(Map.of("m", matrix.transpose(0, 1)));

        assertThat(matrix.toArray()).containsExactly(1, 3, 2, 4);
    }

    @Test
    void aShiftedViewOfAnotherTargetIsReadBeforeThatIsWritten() {
        Tensor storage = tensor(1, 2, 3, 4, 5, 6);
        Tensor left = storage.narrow(0, 0, 2);
        Tensor right = storage.narrow(0, 4, 2);
        Stateful views = Modules.visiting(visitor -> {
            visitor.parameter("left", left);
            visitor.parameter("right", right);
        });

        views.loadStateDict(Map.of("left", tensor(9, 9), "right", storage.narrow(0, 1, 2)));

        assertThat(storage.toArray()).containsExactly(9, 9, 3, 4, 2, 3);
    }

    @Test
    void theModulesOwnTensorStandsForItsValueBeforeTheLoad() {
        Tensor storage = tensor(1, 2, 3);
        Tensor left = storage.narrow(0, 0, 2);
        Tensor right = storage.narrow(0, 1, 2);
        Stateful views = Modules.visiting(visitor -> {
            visitor.parameter("left", left);
            visitor.parameter("right", right);
        });
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("left", tensor(8, 9));
        state.put("right", right);

        views.loadStateDict(state);

        assertThat(storage.toArray())
                .as("the later key wins where the two overlap")
                .containsExactly(8, 2, 3);
    }

    @Test
    void oneTensorMayBeGivenForSeveralKeys() {
        Tensor given = tensor(5, 6);

        module.loadStateDict(Map.of("a", given, "b", given));

        assertThat(a.sharesStorageWith(b)).isFalse();
        assertThat(module.stateDict().values()).allMatch(tensor -> tensor.contentEquals(given));
    }

    @Test
    void viewsOfTheModuleAreWrittenThroughTheirStrides() {
        float[] storage = new float[6];
        Tensor everyOther = Tensor.strided(storage, 1, new int[] {3}, new int[] {2});
        Stateful strided = Modules.visiting(visitor -> visitor.parameter("w", everyOther));

        strided.loadStateDict(Map.of("w", tensor(1, 2, 3)));

        assertThat(storage).containsExactly(0, 1, 0, 2, 0, 3);
    }

    @Test
    void anArrayFieldKeepsItsArray() {
        float[] rates = {1, 2};
        Stateful arrays = Modules.visiting(visitor -> visitor.buffer("rates", rates));

        arrays.loadStateDict(Map.of("rates", tensor(3, 4)));

        assertThat(rates).containsExactly(3, 4);
    }

    @Test
    void unmodifiableContainersAndFinalFieldsAreNoHindrance() {
        Stateful fixed = Modules.visiting(visitor -> {
            visitor.parameters("list", Collections.unmodifiableList(List.of(a)));
            visitor.parameters("map", Map.of("b", b));
        });

        fixed.loadStateDict(Map.of("list.0", tensor(5, 6), "map.b", tensor(7, 8)));

        assertThat(a.toArray()).containsExactly(5, 6);
        assertThat(b.toArray()).containsExactly(7, 8);
    }

    @Test
    void everyBitSurvives() {
        Tensor w = Tensor.zeros(5);
        Stateful bits = Modules.visiting(visitor -> visitor.parameter("w", w));
        float payload = Float.intBitsToFloat(0x7fc0_1234);

        bits.loadStateDict(
                Map.of("w", tensor(payload, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.0f, Float.MIN_VALUE)));

        assertThat(Float.floatToRawIntBits(w.get(0))).isEqualTo(0x7fc0_1234);
        assertThat(w.narrow(0, 1, 4).toArray())
                .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.0f, Float.MIN_VALUE);
    }

    @Test
    void aScalarTakesAOneElementVectorAsCheckpointsOfBeforePyTorch04HaveIt() {
        Tensor scalar = Tensor.scalar(0);
        Stateful module = Modules.visiting(visitor -> visitor.parameter("scalar", scalar));

        module.loadStateDict(Map.of("scalar", tensor(5)));

        assertThat(scalar.item()).isEqualTo(5);
    }

    @Test
    void nothingIsBroadcast() {
        Stateful module = Modules.visiting(visitor -> visitor.parameter("vector", tensor(0)));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("vector", Tensor.scalar(5))))
                .hasMessageContaining("size mismatch for vector: copying a param with shape torch.Size([]) from"
                        + " checkpoint, the shape in current model is torch.Size([1]).");
    }
}
