package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.Tensor;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory that runs out while a load is made leaves the module as it was, or loaded: what a commit takes is there before it. */
class LoadWithoutMemoryTest {
    /** When all memory is taken: in the last assignment, in one that others follow, or when the module was walked. */
    enum Moment {
        LAST_ASSIGNMENT,
        FIRST_ASSIGNMENT,
        WALK
    }

    /** Loads a module that takes all memory at some moment of the second load; the first has all classes at hand. */
    static final class Program implements Stateful {
        private static final int LARGE = 5_000_000;
        private static final int ROWS = 64;

        /** The smallest of objects, and a list of them. */
        private static final class Hog {
            final @Nullable Object taken;
            final @Nullable Hog next;

            Hog(@Nullable Object taken, @Nullable Hog next) {
                this.taken = taken;
                this.next = next;
            }
        }

        private static @Nullable Hog hog;

        private final Moment moment;
        private boolean greedy;
        private String note = "before";
        private long step = 1000;
        private final float[][] rows = new float[ROWS][ROWS];
        private final Tensor large = Tensor.zeros(LARGE);
        private final Tensor onRows = Tensor.wrap(rows);
        private final Tensor transposed = Tensor.zeros(ROWS, ROWS).transpose(0, 1);

        private Program(Moment moment) {
            this.moment = moment;
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("large", large);
            visitor.parameter("on_rows", onRows);
            if (moment == Moment.WALK) {
                takeAll();
                return;
            }
            visitor.parameter("transposed", transposed);
            if (moment == Moment.FIRST_ASSIGNMENT) {
                visitor.counter("step", step);
            }
            visitor.extraState(note);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            if (moment == Moment.FIRST_ASSIGNMENT) {
                step = assigner.field("step", step);
            }
            assigner.setter(StateAssigner.EXTRA_STATE, () -> note, given -> {
                note = given;
                takeAll();
            });
        }

        private void takeAll() {
            if (!greedy) {
                return;
            }
            greedy = false;
            for (int size = 1 << 22; size > 0; size = size / 16) {
                try {
                    while (true) {
                        hog = new Hog(new byte[size], hog);
                    }
                } catch (OutOfMemoryError next) {
                    // smaller ones
                }
            }
            try {
                while (true) {
                    hog = new Hog(null, hog);
                }
            } catch (OutOfMemoryError full) {
                // and that was all
            }
        }

        private StateDict filled(float value) {
            StateDict state = stateDict(Policy.COPY);
            state.forEach((key, tensor) -> {
                if (tensor.elementType().isFloatingPoint()) {
                    tensor.fill(value);
                } else {
                    tensor.setLong((long) value);
                }
            });
            StateDictBuilder builder = StateDict.builder();
            state.forEach((key, tensor) -> builder.put(key, tensor, state.role(key), state.storedType(key)));
            if (!state.extraState().isEmpty()) {
                builder.extraState("", "state " + value);
            }
            return builder.build();
        }

        public static void main(String[] args) {
            Program module = new Program(Moment.valueOf(args[0]));
            StateDict first = module.filled(1000);
            StateDict second = module.filled(2000);
            module.loadStateDict(first);
            String thrown = "";
            module.greedy = true;
            try {
                module.loadStateDict(second);
            } catch (OutOfMemoryError expected) {
                hog = null;
                thrown = ", and it was told";
            }
            hog = null;
            StateDict now = module.stateDict();
            System.out.print(now.contentEquals(second) ? "all" : now.contentEquals(first) ? "nothing" : "half");
            System.out.print(thrown);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LAST_ASSIGNMENT | all",
                "FIRST_ASSIGNMENT | nothing, and it was told",
                "WALK | nothing, and it was told"
            })
    void aLoadDuringWhichMemoryRunsOutIsMadeOrNot(Moment moment, String expected) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        location(Tensor.class) + File.pathSeparator + location(LoadWithoutMemoryTest.class),
                        Program.class.getName(),
                        moment.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).isEqualTo(expected);
        assertThat(process.waitFor()).isZero();
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
