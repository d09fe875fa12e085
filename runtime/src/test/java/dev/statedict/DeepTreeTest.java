package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.Tensor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Trees so deep that a thread's stack does not hold the way down. */
class DeepTreeTest {
    private static final class Link implements Stateful {
        private final Tensor w = Tensor.scalar(1);
        private final Stateful next;

        Link(Stateful next) {
            this.next = next;
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("w", w);
            visitor.submodule("next", next);
        }
    }

    private static Stateful chain(int length) {
        Stateful chain = null;
        for (int i = 0; i < length; i++) {
            chain = new Link(chain);
        }
        return chain;
    }

    @Test
    void aTreeOfManyLevelsIsReadAndLoadedWhereTheStackHoldsIt() throws InterruptedException {
        Stateful chain = chain(4_000);

        StateDict dict = inThread(1 << 28, () -> {
            StateDict copy = chain.stateDict(Policy.COPY);
            chain.loadStateDict(copy);
            return copy;
        });

        assertThat(dict).hasSize(4_000);
        assertThat(dict).containsKey("next.".repeat(3_999) + "w");
    }

    @Test
    void oneThatIsTooDeepForTheStackIsToldWithItsPath() throws InterruptedException {
        Stateful chain = chain(200_000);

        Throwable thrown = inThread(1 << 19, () -> {
            try {
                chain.stateDict();
                return new AssertionError("nothing was thrown");
            } catch (Throwable expected) {
                return expected;
            }
        });

        assertThatThrownBy(() -> {
                    throw thrown;
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("the module tree is too deep for the stack of this thread: at level \\d+, below"
                        + " \"\\.\\.\\.next\\.next\\.next\\.next\\.next\\.next\\.next\\.next\", it ended;"
                        + " nest modules less, or call from a thread with a larger stack \\(java -Xss\\)")
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    private static <T> T inThread(int stackSize, Supplier<T> action) throws InterruptedException {
        AtomicReference<T> result = new AtomicReference<>();
        Thread thread = new Thread(null, () -> result.set(action.get()), "deep", stackSize);
        thread.start();
        thread.join();
        return result.get();
    }
}
