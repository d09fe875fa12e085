package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random chains of views, of any type, on one array or on rows, against a model that lists, element by element, where in the storage each one lies. */
class TensorViewPropertyTest {

    private static final int RUNS = 3000;

    /** The arrays that a tensor was wrapped around, read and written without it. */
    private record Backing(ElementType type, List<Object> arrays, int length) {

        /** The value that counts as a number here: of a boolean its lowest bit. */
        long valueOf(long number) {
            return type == ElementType.BOOL ? number & 1 : number;
        }

        long get(int place) {
            Object array = arrays.get(place / length);
            int at = place % length;
            return switch (type) {
                case F32 -> (long) ((float[]) array)[at];
                case F64 -> (long) ((double[]) array)[at];
                case I32 -> ((int[]) array)[at];
                case I64 -> ((long[]) array)[at];
                case BOOL -> ((boolean[]) array)[at] ? 1 : 0;
            };
        }

        void set(int place, long value) {
            Object array = arrays.get(place / length);
            int at = place % length;
            switch (type) {
                case F32 -> ((float[]) array)[at] = value;
                case F64 -> ((double[]) array)[at] = value;
                case I32 -> ((int[]) array)[at] = (int) value;
                case I64 -> ((long[]) array)[at] = value;
                case BOOL -> ((boolean[]) array)[at] = value == 1;
            }
        }

        long[] all() {
            return LongStream.range(0, (long) arrays.size() * length)
                    .map(place -> get((int) place))
                    .toArray();
        }
    }

    /** A tensor beside the places of its elements in row-major order. */
    private record Modelled(Tensor tensor, Backing arrays, int[] shape, int[] places) {

        static Modelled fresh(Random random) {
            int[] shape = random.ints(random.nextInt(5), 0, 5).toArray();
            if (random.nextInt(4) > 0) {
                shape = Arrays.stream(shape).map(size -> Math.max(size, 1)).toArray();
            }
            int numel = product(shape);
            ElementType type = ElementType.values()[random.nextInt(5)];
            boolean onRows = shape.length > 1 && numel > 0 && random.nextBoolean();
            Object storage =
                    onRows ? Array.newInstance(primitive(type), shape) : Array.newInstance(primitive(type), numel);
            Backing arrays = new Backing(
                    type, onRows ? leaves(storage) : List.of(storage), onRows ? shape[shape.length - 1] : numel);
            for (int i = 0; i < numel; i++) {
                arrays.set(i, arrays.valueOf(i));
            }
            Tensor tensor = onRows ? Tensor.wrapRows((Object[]) storage) : wrap(storage, shape);
            return new Modelled(tensor, arrays, shape, IntStream.range(0, numel).toArray());
        }

        private static Class<?> primitive(ElementType type) {
            return switch (type) {
                case F32 -> float.class;
                case F64 -> double.class;
                case I32 -> int.class;
                case I64 -> long.class;
                case BOOL -> boolean.class;
            };
        }

        private static List<Object> leaves(Object array) {
            return array instanceof Object[] outer
                    ? Arrays.stream(outer)
                            .flatMap(inner -> leaves(inner).stream())
                            .toList()
                    : List.of(array);
        }

        private static Tensor wrap(Object array, int[] shape) {
            if (array instanceof float[] floats) {
                return Tensor.wrap(floats, shape);
            } else if (array instanceof double[] doubles) {
                return Tensor.wrap(doubles, shape);
            } else if (array instanceof int[] ints) {
                return Tensor.wrap(ints, shape);
            } else if (array instanceof long[] longs) {
                return Tensor.wrap(longs, shape);
            }
            return Tensor.wrap((boolean[]) array, shape);
        }

        Modelled randomView(Random random) {
            int dims = shape.length;
            int choice = random.nextInt(4);
            if (choice == 0) {
                int[] target = randomShape(random);
                return canBeViewedAs(target) ? new Modelled(tensor.reshape(target), arrays, target, places) : this;
            }
            if (dims == 0) {
                return this;
            }
            int dim = random.nextInt(dims);
            int signed = random.nextBoolean() ? dim : dim - dims;
            if (choice == 1) {
                int other = random.nextInt(dims);
                int[] swapped = shape.clone();
                swapped[dim] = shape[other];
                swapped[other] = shape[dim];
                return view(tensor.transpose(signed, other), swapped, index -> swap(index, dim, other));
            }
            int start = random.nextInt(shape[dim] + 1);
            if (choice == 2) {
                int[] narrowed = shape.clone();
                narrowed[dim] = random.nextInt(shape[dim] - start + 1);
                return view(tensor.narrow(signed, start, narrowed[dim]), narrowed, index -> plus(index, dim, start));
            }
            if (start == shape[dim]) {
                return this;
            }
            int[] rest = IntStream.range(0, dims)
                    .filter(d -> d != dim)
                    .map(d -> shape[d])
                    .toArray();
            int index = random.nextBoolean() ? start : start - shape[dim];
            return view(tensor.select(signed, index), rest, of -> insert(of, dim, start));
        }

        /** Another shape of as many elements. */
        int[] randomShape(Random random) {
            int[] sizes = new int[1 + random.nextInt(4)];
            int left = places.length;
            for (int dim = 0; dim < sizes.length - 1; dim++) {
                sizes[dim] = 1 + random.nextInt(6);
                if (left % sizes[dim] != 0) {
                    sizes[dim] = 1;
                }
                left /= sizes[dim];
            }
            sizes[sizes.length - 1] = left;
            return swap(sizes, sizes.length - 1, random.nextInt(sizes.length));
        }

        /** Whether the place of each element is an affine function of its index in the target shape. */
        boolean canBeViewedAs(int[] target) {
            for (int i = 0; i < places.length; i++) {
                int expected = places[0];
                int[] index = unravel(i, target);
                for (int dim = 0; dim < target.length; dim++) {
                    if (index[dim] > 0) {
                        int[] unit = new int[target.length];
                        unit[dim] = 1;
                        expected += index[dim] * (places[ravel(unit, target)] - places[0]);
                    }
                }
                if (places[i] != expected) {
                    return false;
                }
            }
            return true;
        }

        private interface IndexMap {
            int[] apply(int[] index);
        }

        private Modelled view(Tensor view, int[] viewShape, IndexMap toThis) {
            int[] viewPlaces = new int[product(viewShape)];
            for (int i = 0; i < viewPlaces.length; i++) {
                viewPlaces[i] = places[ravel(toThis.apply(unravel(i, viewShape)), shape)];
            }
            return new Modelled(view, arrays, viewShape, viewPlaces);
        }

        long[] expected() {
            return Arrays.stream(places).mapToLong(arrays::get).toArray();
        }

        /** The arrays on which the elements lie. */
        Set<Object> touched() {
            Set<Object> touched = Collections.newSetFromMap(new IdentityHashMap<>());
            Arrays.stream(places).forEach(place -> touched.add(arrays.arrays().get(place / arrays.length())));
            return touched;
        }

        boolean liesInOnePiece() {
            return IntStream.range(0, places.length).allMatch(i -> places[i] == places[0] + i);
        }
    }

    @Test
    void anyChainOfViewsSeesTheElementsOfTheModel() {
        for (int seed = 0; seed < RUNS; seed++) {
            Modelled view = randomView(seed);
            Tensor tensor = view.tensor();

            assertThat(tensor.shape()).as("shape, seed %d", seed).isEqualTo(view.shape());
            assertThat(tensor.numel()).as("numel, seed %d", seed).isEqualTo(view.places().length);
            assertThat(tensor.toLongArray()).as("toLongArray, seed %d", seed).isEqualTo(view.expected());
            assertThat(tensor.elementType())
                    .as("type, seed %d", seed)
                    .isEqualTo(view.arrays().type());
            assertThat(tensor.isContiguous()).as("isContiguous, seed %d", seed).isEqualTo(view.liesInOnePiece());
            assertThat(tensor.contentEquals(tensor.copy()))
                    .as("contentEquals, seed %d", seed)
                    .isTrue();
            for (int i = 0; i < view.places().length; i++) {
                assertThat(tensor.getLong(unravel(i, view.shape())))
                        .as("get, seed %d", seed)
                        .isEqualTo(view.expected()[i]);
            }
        }
    }

    @Test
    void writesToAViewReachTheseElementsAndNoOthers() {
        for (int seed = 0; seed < RUNS; seed++) {
            Modelled view = randomView(seed);
            Backing arrays = view.arrays();
            long[] filled = arrays.all();
            long[] copied = filled.clone();
            long[] source = new long[view.places().length];
            for (int i = 0; i < source.length; i++) {
                source[i] = arrays.valueOf(-i - 1);
                filled[view.places()[i]] = arrays.valueOf(7);
                copied[view.places()[i]] = source[i];
            }

            view.tensor().fillLong(arrays.valueOf(7));
            assertThat(arrays.all()).as("fill, seed %d", seed).isEqualTo(filled);
            view.tensor().copyFrom(Tensor.wrap(source, view.shape()).to(arrays.type()));
            assertThat(arrays.all()).as("copyFrom, seed %d", seed).isEqualTo(copied);
        }
    }

    @Test
    void contentIsEqualUntilAnElementDiffers() {
        for (int seed = 0; seed < RUNS; seed++) {
            Modelled view = randomView(seed);
            Tensor copy = view.tensor().copy();
            Tensor elsewhere = randomlyLaidOut(copy, new Random(seed));
            assertThat(view.tensor().contentEquals(elsewhere))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(view.tensor().allClose(elsewhere, 0, 0))
                    .as("allClose, seed %d", seed)
                    .isTrue();
            if (copy.numel() > 0) {
                int[] index = unravel(new Random(seed).nextInt(copy.numel()), view.shape());
                elsewhere.setLong(1 - elsewhere.getLong(index), index);
                assertThat(view.tensor().contentEquals(elsewhere))
                        .as("changed, seed %d", seed)
                        .isFalse();
                assertThat(elsewhere.contentEquals(view.tensor()))
                        .as("other way round, seed %d", seed)
                        .isFalse();
                assertThat(view.tensor().allClose(elsewhere, 0, 0.5))
                        .as("not close, seed %d", seed)
                        .isFalse();
            }
        }
    }

    /** The same values in a new storage, transposed, far apart, or as rows. */
    private static Tensor randomlyLaidOut(Tensor tensor, Random random) {
        int[] shape = tensor.shape();
        int[] larger = Arrays.copyOf(shape, shape.length + 1);
        larger[shape.length] = 1 + random.nextInt(2);
        Tensor other = Tensor.zeros(tensor.elementType(), larger).select(-1, larger[shape.length] - 1);
        if (tensor.dim() == 2 && tensor.elementType() == ElementType.F64 && tensor.numel() > 0) {
            other = Tensor.wrap(new double[shape[0]][shape[1]]);
        }
        other.copyFrom(tensor);
        return other;
    }

    @Test
    void viewsShareStorageWhereTheyLeadToOneArray() {
        int shared = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Modelled base = Modelled.fresh(random);
            Modelled one = base;
            Modelled other = base;
            for (int steps = random.nextInt(4); steps >= 0; steps--) {
                one = one.randomView(random);
                other = other.randomView(random);
            }
            if (one.places().length > 0 && other.places().length > 0) {
                boolean expected = !Collections.disjoint(one.touched(), other.touched());
                assertThat(one.tensor().sharesStorageWith(other.tensor()))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
                shared += expected ? 1 : 0;
            }
        }
        assertThat(shared).isBetween(RUNS / 10, RUNS * 9 / 10);
    }

    @Test
    void everyTypeConvertsToEveryOtherAndBack() {
        for (int seed = 0; seed < RUNS; seed++) {
            Modelled view = randomView(seed);
            ElementType other = ElementType.values()[new Random(seed).nextInt(5)];
            boolean fits =
                    other != ElementType.BOOL || Arrays.stream(view.expected()).allMatch(x -> x == 0 || x == 1);
            Tensor converted = null;
            try {
                converted = view.tensor().to(other);
            } catch (ArithmeticException inexact) {
                assertThat(fits).as("seed %d", seed).isFalse();
            }
            if (converted != null) {
                assertThat(converted.toLongArray()).as("seed %d", seed).isEqualTo(view.expected());
                assertThat(converted.to(view.tensor().elementType()).contentEquals(view.tensor()))
                        .as("back, seed %d", seed)
                        .isTrue();
            }
        }
    }

    @Test
    void reshapeIsAViewWheneverStridesCanExpressIt() {
        int refused = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Modelled view = randomView(seed);
            int[] target = view.randomShape(new Random(~seed));
            Tensor reshaped = null;
            try {
                reshaped = view.tensor().reshape(target);
            } catch (IllegalArgumentException e) {
                refused++;
            }
            assertThat(reshaped != null).as("reshape, seed %d", seed).isEqualTo(view.canBeViewedAs(target));
            if (reshaped != null) {
                assertThat(reshaped.toLongArray()).as("elements, seed %d", seed).isEqualTo(view.expected());
                assertThat(reshaped.sharesStorageWith(view.tensor()))
                        .as("storage, seed %d", seed)
                        .isTrue();
            }
        }
        assertThat(refused).isGreaterThan(RUNS / 100);
    }

    @Test
    void copyFromReadsBeforeItWritesHoweverTheTwoOverlap() {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            random.nextInt(); // the first number that neighbouring seeds draw is alike
            float[] storage = new float[40];
            for (int i = 0; i < storage.length; i++) {
                storage[i] = i;
            }
            int[] shape = {1 + random.nextInt(4), 1 + random.nextInt(4)};
            // rows do not reach into each other, nor columns
            int[][] targetStrides = {{4, 1}, {1, 4}, {5, 1}, {8, 2}};
            Tensor target = Tensor.strided(storage, random.nextInt(8), shape, targetStrides[random.nextInt(4)]);
            Tensor source =
                    Tensor.strided(storage, random.nextInt(8), shape, new int[] {random.nextInt(6), random.nextInt(6)});
            float[] before = source.toArray();

            target.copyFrom(source);

            assertThat(target.toArray()).as("seed %d", seed).isEqualTo(before);
        }
    }

    @Test
    void copyFromReadsBeforeItWritesAlsoAcrossRows() {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            double[][] rows = new double[6][4];
            for (int i = 0; i < 24; i++) {
                rows[i / 4][i % 4] = i;
            }
            Collections.shuffle(Arrays.asList(rows), random);
            Tensor one = Tensor.wrap(rows.clone());
            Collections.shuffle(Arrays.asList(rows), random);
            Tensor other = Tensor.wrap(rows);
            int[] size = {1 + random.nextInt(4), 1 + random.nextInt(4)};
            Tensor source = part(one, size, random);
            Tensor target = part(other, size, random);
            Tensor before = source.copy();

            target.copyFrom(source);

            assertThat(target.contentEquals(before)).as("seed %d", seed).isTrue();
        }
    }

    private static Tensor part(Tensor tensor, int[] size, Random random) {
        Tensor ordered = random.nextBoolean() ? tensor : tensor.transpose(0, 1);
        return ordered.narrow(0, random.nextInt(ordered.size(0) - size[0] + 1), size[0])
                .narrow(1, random.nextInt(ordered.size(1) - size[1] + 1), size[1]);
    }

    private static Modelled randomView(int seed) {
        Random random = new Random(seed);
        Modelled view = Modelled.fresh(random);
        for (int steps = random.nextInt(6); steps > 0; steps--) {
            view = view.randomView(random);
        }
        return view;
    }

    private static int product(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private static int ravel(int[] index, int[] shape) {
        int position = 0;
        for (int dim = 0; dim < shape.length; dim++) {
            position = position * shape[dim] + index[dim];
        }
        return position;
    }

    private static int[] unravel(int position, int[] shape) {
        int[] index = new int[shape.length];
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            index[dim] = position % shape[dim];
            position /= shape[dim];
        }
        return index;
    }

    private static int[] swap(int[] values, int a, int b) {
        int[] swapped = values.clone();
        swapped[a] = values[b];
        swapped[b] = values[a];
        return swapped;
    }

    private static int[] plus(int[] index, int dim, int amount) {
        int[] moved = index.clone();
        moved[dim] += amount;
        return moved;
    }

    private static int[] insert(int[] index, int dim, int value) {
        int[] longer = new int[index.length + 1];
        System.arraycopy(index, 0, longer, 0, dim);
        longer[dim] = value;
        System.arraycopy(index, dim, longer, dim + 1, index.length - dim);
        return longer;
    }
}
