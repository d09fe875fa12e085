package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.access.TensorAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the library's other rooms may do with tensors. */
class TensorAccessTest {

    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private final double[][] rows = {{1, 2}, {3, 4}, {5, 6}};
    private final Tensor onRows = Tensor.wrap(rows);
    private final long[] array = {1, 2, 3, 4, 5, 6};
    private final Tensor flat = Tensor.wrap(array, 3, 2);

    @Test
    void theArraysAreThoseOfTheCaller() {
        assertThat(TENSORS.arrayCount(flat)).isEqualTo(1);
        assertThat(TENSORS.array(flat.select(0, 1), 0)).isSameAs(array);
        assertThat(TENSORS.arrayCount(onRows)).isEqualTo(3);
        assertThat(TENSORS.array(onRows, 2)).isSameAs(rows[2]);
        assertThat(TENSORS.arrayCount(onRows.narrow(0, 1, 2))).isEqualTo(2);
        assertThat(TENSORS.array(onRows.select(0, 1), 0)).isSameAs(rows[1]);
    }

    @Test
    void aWholeArrayCanBeAdopted() {
        float[] floats = {1, 2};
        assertThat(TENSORS.wholeArray(Tensor.wrap(floats, 2, 1))).isSameAs(floats);
        assertThat(TENSORS.wholeArray(flat)).isSameAs(array);
        assertThat(TENSORS.wholeArray(flat.reshape(6))).isSameAs(array);
        assertThat(TENSORS.wholeArray(flat.transpose(0, 1))).isNull();
        assertThat(TENSORS.wholeArray(flat.narrow(0, 0, 2))).isNull();
        assertThat(TENSORS.wholeArray(Tensor.wrap(floats, 2).narrow(0, 1, 1))).isNull();
        assertThat(TENSORS.wholeArray(onRows)).isNull();
        assertThat(TENSORS.wholeArray(onRows.select(0, 1))).isSameAs(rows[1]);
    }

    @Test
    void wholeRowsCanBeAdoptedAtAnyDepth() {
        assertThat(TENSORS.wholeRows(onRows))
                .isInstanceOf(double[][].class)
                .isNotSameAs(rows)
                .isEqualTo(rows);
        Object[] deep = TENSORS.wholeRows(onRows.reshape(3, 1, 2));
        assertThat(deep).isInstanceOf(double[][][].class);
        assertThat(((double[][][]) deep)[2][0]).isSameAs(rows[2]);
        assertThat(TENSORS.wholeRows(onRows.narrow(0, 1, 2))).isEqualTo(new double[][] {rows[1], rows[2]});
        assertThat(TENSORS.wholeRows(onRows.reshape(2, 3))).isNull();
        assertThat(TENSORS.wholeRows(onRows.transpose(0, 1))).isNull();
        assertThat(TENSORS.wholeRows(flat)).isNull();
        assertThat(TENSORS.wholeRows(Tensor.wrapRows(new int[2][0][5]))).isEqualTo(new int[2][0][0]);
    }

    @Test
    void aTieIsTheSameElementsInTheSameOrder() {
        assertThat(TENSORS.areTied(onRows, Tensor.wrap(rows))).isTrue();
        assertThat(TENSORS.areTied(onRows, Tensor.wrap(new double[][] {rows[0], rows[2], rows[1]})))
                .isFalse();
        assertThat(TENSORS.areTied(onRows, onRows.reshape(2, 3))).isFalse();
        assertThat(TENSORS.areTied(onRows.select(0, 1), Tensor.wrap(rows[1], 2)))
                .isTrue();
        assertThat(TENSORS.areTied(flat, Tensor.wrap(array, 3, 2))).isTrue();
        assertThat(TENSORS.areTied(flat, flat.copy())).isFalse();
    }

    @Test
    void overlapIsJudgedByWhereTensorsBeginAndEnd() {
        assertThat(TENSORS.mayOverlap(flat.select(0, 0), flat.select(0, 1))).isFalse();
        assertThat(TENSORS.mayOverlap(flat.select(0, 0), flat)).isTrue();
        assertThat(TENSORS.mayOverlap(onRows.narrow(0, 0, 2), onRows.select(0, 2)))
                .isFalse();
        assertThat(TENSORS.mayOverlap(onRows.narrow(0, 0, 2), onRows.select(0, 1)))
                .isTrue();
    }

    @Test
    void aTensorOverlapsItselfWhereItLeadsToAnElementTwice() {
        Tensor window = TENSORS.strided(array, 0, new int[] {2, 3}, new int[] {2, 1});

        assertThat(TENSORS.mayOverlapItself(window)).isTrue();
        assertThat(TENSORS.mayOverlapItself(TENSORS.strided(array, 0, new int[] {2}, new int[] {0})))
                .isTrue();
        assertThat(TENSORS.mayOverlapItself(flat)).isFalse();
        assertThat(TENSORS.mayOverlapItself(flat.transpose(0, 1))).isFalse();
        assertThat(TENSORS.mayOverlapItself(flat.transpose(0, 1).narrow(0, 1, 1)))
                .isFalse();
        assertThat(TENSORS.mayOverlapItself(onRows)).isFalse();
        assertThat(TENSORS.mayOverlapItself(Tensor.wrap(new double[][] {rows[0], rows[0]})))
                .isTrue();
    }

    @Test
    void aViewOfAnyLayoutTakesItsTypeFromTheArray() {
        Tensor window = TENSORS.strided(array, 0, new int[] {2, 3}, new int[] {2, 1});

        assertThat(window.elementType()).isEqualTo(ElementType.I64);
        assertThat(window.toLongArray()).containsExactly(1, 2, 3, 3, 4, 5);
        assertThatThrownBy(() -> TENSORS.strided(array, 0, new int[] {7}, new int[] {1}))
                .hasMessage("offset 0, shape [7] and strides [1] reach outside of a storage of 6 elements");
        assertThatThrownBy(() -> TENSORS.strided(new short[1], 0, new int[] {1}, new int[] {1}))
                .hasMessage("a tensor cannot lie on a short[]");
    }

    @Test
    void copiesShareAmongThemselvesWhatTheirOriginalsShared() {
        Tensor[] copies = TENSORS.copies(new Tensor[] {
            onRows, onRows.select(0, 1), flat.narrow(0, 1, 2), flat.select(1, 1), Tensor.scalar(true), onRows
        });

        assertThat(copies[0].contentEquals(onRows)).isTrue();
        assertThat(copies[0].sharesStorageWith(onRows)).isFalse();
        assertThat(TENSORS.arrayCount(copies[0])).isEqualTo(3);
        assertThat(TENSORS.array(copies[1], 0)).isSameAs(TENSORS.array(copies[0], 1));
        assertThat(copies[1].toDoubleArray()).containsExactly(3, 4);
        assertThat(copies[2].toLongArray()).containsExactly(3, 4, 5, 6);
        assertThat(copies[3].toLongArray()).containsExactly(2, 4, 6);
        assertThat(copies[3].sharesStorageWith(copies[2])).isTrue();
        assertThat(((long[]) TENSORS.array(copies[2], 0)))
                .as("what is covered, alone")
                .hasSize(5);
        assertThat(copies[4].toBooleanArray()).containsExactly(true);
        assertThat(TENSORS.areTied(copies[0], copies[5])).isTrue();
    }

    @Test
    void conversionRoundsWhereItIsAllowedToAndTellsWhereItStopped() {
        Tensor target = Tensor.zeros(2);

        assertThat(TENSORS.convert(Tensor.wrap(new double[] {0.5, 0.1}, 2), target, false))
                .isEqualTo(1);
        assertThat(TENSORS.convert(Tensor.wrap(new double[] {0.5, 0.1}, 2), target, true))
                .isEqualTo(2);
        assertThat(target.toArray()).containsExactly(0.5f, 0.1f);
        assertThat(TENSORS.convert(Tensor.wrap(new double[] {1e39, 0}, 2), target, true))
                .isZero();
        assertThat(TENSORS.convert(Tensor.wrap(new long[] {(1L << 60) + 1, 1}, 2), target, true))
                .isEqualTo(2);
        assertThat(target.toArray()).containsExactly(0x1p60f, 1);
        assertThat(TENSORS.convert(Tensor.wrap(new float[] {1, 0.5f}, 2), Tensor.zeros(ElementType.I32, 2), true))
                .isEqualTo(1);
        assertThat(TENSORS.text(Tensor.wrap(new double[] {0.5, 0.1}, 2, 1), 1)).isEqualTo("0.1");
    }

    @Test
    void runsAreAllElementsInOrder() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            random.nextInt(); // the first number that neighbouring seeds draw is alike
            int[] numbers = IntStream.range(0, 120 * 400).toArray();
            int[][] lines = new int[120][400];
            Tensor.wrap(lines).copyFrom(Tensor.wrap(numbers, 120, 400));
            Tensor tensor = random.nextBoolean() ? Tensor.wrap(numbers, 120, 400) : Tensor.wrap(lines);
            tensor = random.nextBoolean() ? tensor.transpose(0, 1) : tensor;
            tensor = random.nextBoolean() ? tensor.narrow(random.nextInt(2), 1, 1 + random.nextInt(100)) : tensor;
            int first = random.nextInt(tensor.numel());
            int count = random.nextInt(tensor.numel() - first + 1);
            int[] all = tensor.toIntArray();
            int[] next = {first};

            TENSORS.<RuntimeException>forEachRun(tensor, first, count, (array, at, length) -> {
                assertThat(length).isPositive();
                for (int i = 0; i < length; i++) {
                    if (((int[]) array)[at + i] != all[next[0]++]) {
                        throw new AssertionError("at " + (next[0] - 1));
                    }
                }
            });

            assertThat(next[0]).as("seed %d", seed).isEqualTo(first + count);
        }
    }

    @Test
    void aLongColumnIsGatheredInBlocks() {
        long[] numbers = LongStream.range(0, 80_000).toArray();
        List<Integer> lengths = new ArrayList<>();
        List<Long> firsts = new ArrayList<>();

        TENSORS.<RuntimeException>forEachRun(
                Tensor.wrap(numbers, 40_000, 2).select(1, 1), 0, 40_000, (array, at, length) -> {
                    lengths.add(length);
                    firsts.add(((long[]) array)[at]);
                });

        assertThat(lengths).containsExactly(1 << 14, 1 << 14, 40_000 - (1 << 15));
        assertThat(firsts).containsExactly(1L, 1L + (1 << 15), 1L + (1 << 16));
    }

    @Test
    void rowsThatAreShortAndLongInTurnsComeInOrder() {
        int[][] lines = new int[4][600];
        Tensor all = Tensor.wrap(lines);
        all.copyFrom(Tensor.wrap(IntStream.range(0, 2400).toArray(), 4, 600));
        List<Integer> lengths = new ArrayList<>();
        List<Integer> firsts = new ArrayList<>();

        TENSORS.<RuntimeException>forEachRun(all, 500, 800, (array, at, length) -> {
            lengths.add(length);
            firsts.add(((int[]) array)[at]);
        });

        assertThat(lengths).containsExactly(100, 600, 100);
        assertThat(firsts).containsExactly(500, 600, 1200);
    }

    @Test
    void longRunsAreTheRowsThemselves() {
        int[][] lines = new int[3][256];
        List<Object> arrays = new ArrayList<>();

        TENSORS.<RuntimeException>forEachRun(Tensor.wrap(lines), 0, 768, (array, at, length) -> arrays.add(array));

        assertThat(arrays).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(arrays.get(i)).isSameAs(lines[i]);
        }
    }

    @Test
    void anEmptyViewAddsNothingToACopy() {
        Tensor[] copies = TENSORS.copies(new Tensor[] {flat.narrow(0, 0, 1), flat.narrow(0, 3, 0)});

        assertThat(((long[]) TENSORS.array(copies[0], 0))).containsExactly(1, 2);
        assertThat(copies[1].numel()).isZero();
    }

    @Test
    void millionsOfElementsAreShiftedWithinTheirArray() {
        int count = 4_300_000;
        Tensor numbers = Tensor.wrap(IntStream.range(0, count).toArray(), count);

        numbers.narrow(0, 1, count - 1).copyFrom(numbers.narrow(0, 0, count - 1));

        int[] shifted = IntStream.range(0, count).map(i -> Math.max(i - 1, 0)).toArray();
        assertThat(Arrays.equals(numbers.toIntArray(), shifted)).isTrue();
    }

    @Test
    void aTensorWithoutElementsOverlapsNothing() {
        Tensor twice = Tensor.wrap(new double[][] {rows[0], rows[0]});

        assertThat(TENSORS.mayOverlapItself(twice.narrow(0, 0, 0))).isFalse();
        assertThat(TENSORS.mayOverlap(onRows.narrow(0, 0, 0), onRows)).isFalse();
        assertThat(TENSORS.mayOverlap(onRows, onRows.narrow(0, 1, 0))).isFalse();
    }

    @Test
    void neighboursInAnArrayDoNotOverlap() {
        Tensor first = flat.narrow(0, 0, 1);
        Tensor second = flat.narrow(0, 1, 1);

        assertThat(TENSORS.mayOverlap(first, second)).isFalse();
        assertThat(TENSORS.mayOverlap(second, first)).isFalse();
    }

    @Test
    void aDimensionOfOneIndexLeadsNowhereTwice() {
        assertThat(TENSORS.mayOverlapItself(TENSORS.strided(array, 0, new int[] {1, 3}, new int[] {1, 1})))
                .isFalse();
        assertThat(TENSORS.mayOverlapItself(TENSORS.strided(array, 0, new int[] {2, 3}, new int[] {3, 1})))
                .isFalse();
    }

    @Test
    void aCopyThatTakesMemoryHasItBeforeItIsMade() {
        Tensor target = Tensor.zeros(ElementType.I64, 3, 2);
        assertThat(TENSORS.preparedCopy(flat, target)).as("takes none").isNull();
        assertThat(TENSORS.preparedCopy(flat.narrow(0, 0, 0), target.narrow(0, 0, 0)))
                .isNull();

        assertPrepared(flat.transpose(0, 1), Tensor.zeros(ElementType.I64, 2, 3));
        assertPrepared(flat, Tensor.zeros(ElementType.I64, 2, 3).transpose(0, 1));
        assertPrepared(onRows, Tensor.zeros(ElementType.F64, 3, 2));
        assertPrepared(onRows.copy(), Tensor.wrap(new double[3][2]));

        int inPieces = 1 << 22;
        Tensor large = Tensor.zeros(inPieces);
        large.fill(3);
        assertPrepared(large, Tensor.zeros(inPieces));
        assertThat(TENSORS.preparedCopy(Tensor.zeros(inPieces - 1), Tensor.zeros(inPieces - 1)))
                .isNull();

        assertThatThrownBy(() -> TENSORS.preparedCopy(flat, Tensor.zeros(ElementType.I64, 2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a tensor of shape [2, 2] cannot take the values of one of shape [3, 2]; the shapes must be"
                        + " equal");
    }

    private static void assertPrepared(Tensor source, Tensor target) {
        Runnable copy = TENSORS.preparedCopy(source, target);

        assertThat(copy).isNotNull();
        assertThat(target.contentEquals(source)).isFalse();
        copy.run();
        assertThat(target.contentEquals(source)).isTrue();
    }

    @Test
    void rowsOfOtherLengthsAreNoTie() {
        assertThat(TENSORS.areTied(Tensor.wrap(new double[2][3]).reshape(3, 2), Tensor.wrap(new double[3][2])))
                .isFalse();
    }

    @Test
    void oneRowThatWasMadeAVectorIsNoRows() {
        assertThat(TENSORS.wholeRows(Tensor.wrap(new double[1][2]).reshape(2))).isNull();
    }

    @Test
    void copiesOfTensorsThatLieApartAreOfWhatTheyCover() {
        Tensor[] copies = TENSORS.copies(new Tensor[] {
            flat.narrow(0, 1, 2),
            onRows,
            Tensor.wrap(new int[] {7, 8, 9}, 3).narrow(0, 3, 0),
            Tensor.wrap(new int[3], 3)
        });

        assertThat(((long[]) TENSORS.array(copies[0], 0))).hasSize(4);
        assertThat(copies[0].toLongArray()).containsExactly(3, 4, 5, 6);
        assertThat(copies[1].contentEquals(onRows)).isTrue();
        assertThat(copies[1].sharesStorageWith(onRows)).isFalse();
        assertThat(((int[]) TENSORS.array(copies[2], 0))).isEmpty();
        assertThat(copies[2].numel()).isZero();
        assertThat(copies[3].toIntArray()).containsExactly(0, 0, 0);
    }

    @Test
    void elementsOfEveryTypeHaveATextAsJavaWritesIt() {
        assertThat(TENSORS.text(Tensor.wrap(new boolean[] {true, false}, 2), 0)).isEqualTo("true");
        assertThat(TENSORS.text(Tensor.wrap(new boolean[] {true, false}, 2), 1)).isEqualTo("false");
        assertThat(TENSORS.text(Tensor.wrap(new int[] {-5}, 1), 0)).isEqualTo("-5");
        assertThat(TENSORS.text(Tensor.wrap(new long[] {1L << 62}, 1), 0)).isEqualTo("4611686018427387904");
        assertThat(TENSORS.text(Tensor.wrap(new float[] {0.1f}, 1), 0)).isEqualTo("0.1");
    }

    @Test
    void theDoorOpensOnce() {
        assertThatThrownBy(() -> TensorAccess.open(TENSORS))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("the door is open already");
    }
}
