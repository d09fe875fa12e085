package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random chains of views against a model that lists, element by element, where in the storage each one lies. */
class TensorViewPropertyTest {

    private static final int RUNS = 3000;

    /** A tensor beside the places of its elements in row-major order. */
    private record Modelled(Tensor tensor, int[] shape, int[] places) {

        static Modelled fresh(Random random) {
            int[] shape = random.ints(random.nextInt(5), 0, 5).toArray();
            if (random.nextInt(4) > 0) {
                shape = Arrays.stream(shape).map(size -> Math.max(size, 1)).toArray();
            }
            int numel = product(shape);
            float[] storage = new float[numel];
            for (int i = 0; i < numel; i++) {
                storage[i] = i;
            }
            return new Modelled(
                    Tensor.wrap(storage, shape),
                    shape,
                    IntStream.range(0, numel).toArray());
        }

        Modelled randomView(Random random) {
            int dims = shape.length;
            int choice = random.nextInt(4);
            if (choice == 0) {
                int[] target = randomShape(random);
                return canBeViewedAs(target) ? new Modelled(tensor.reshape(target), target, places) : this;
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
            return new Modelled(view, viewShape, viewPlaces);
        }

        float[] expected() {
            float[] values = new float[places.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.storage()[places[i]];
            }
            return values;
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
            assertThat(tensor.toArray()).as("toArray, seed %d", seed).isEqualTo(view.expected());
            assertThat(tensor.isContiguous()).as("isContiguous, seed %d", seed).isEqualTo(view.liesInOnePiece());
            assertThat(tensor.contentEquals(tensor.copy()))
                    .as("contentEquals, seed %d", seed)
                    .isTrue();
            for (int i = 0; i < view.places().length; i++) {
                assertThat(tensor.get(unravel(i, view.shape())))
                        .as("get, seed %d", seed)
                        .isEqualTo(view.expected()[i]);
            }
        }
    }

    @Test
    void writesToAViewReachTheseElementsAndNoOthers() {
        for (int seed = 0; seed < RUNS; seed++) {
            Modelled view = randomView(seed);
            float[] storage = view.tensor().storage();
            float[] filled = storage.clone();
            float[] copied = storage.clone();
            float[] source = new float[view.places().length];
            for (int i = 0; i < source.length; i++) {
                source[i] = -i - 1;
                filled[view.places()[i]] = 7;
                copied[view.places()[i]] = source[i];
            }

            view.tensor().fill(7);
            assertThat(storage).as("fill, seed %d", seed).isEqualTo(filled);
            view.tensor().copyFrom(Tensor.wrap(source, view.shape()));
            assertThat(storage).as("copyFrom, seed %d", seed).isEqualTo(copied);
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
                assertThat(reshaped.toArray()).as("elements, seed %d", seed).isEqualTo(view.expected());
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
