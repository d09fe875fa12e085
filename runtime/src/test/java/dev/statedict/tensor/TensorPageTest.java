package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code docs/tensor.md} shows is what this does, line by line, and what is printed. */
class TensorPageTest {

    @Test
    void itsCodeRuns() {
        float[] array = {1, 2, 3, 4, 5, 6};
        Tensor weight = Tensor.wrap(array, 2, 3);
        weight.set(50, 1, 1);
        Tensor bias = Tensor.zeros(3);
        Tensor copy = Tensor.copyOf(array, 6);
        assertThat(array[4]).isEqualTo(50);
        assertThat(bias.sharesStorageWith(weight) || copy.sharesStorageWith(weight))
                .isFalse();

        Tensor ids = Tensor.wrap(new int[] {1, 2, 3}, 3);
        Tensor numbers = ids.to(ElementType.F32);
        assertThat(numbers.toArray()).containsExactly(1, 2, 3);
        assertThat(ids.to(ElementType.I32)).isSameAs(ids);

        double[][] rows = {{1, 2}, {3, 4}, {5, 6}};
        Tensor matrix = Tensor.wrap(rows);
        rows[2][0] = 50;
        Tensor deep = Tensor.wrapRows(new float[4][3][2]);
        assertThat(matrix.getDouble(2, 0)).isEqualTo(50);
        assertThat(deep.shape()).containsExactly(4, 3, 2);

        Tensor column = matrix.select(1, 0);
        Tensor middle = matrix.narrow(0, 1, 1);
        Tensor turned = matrix.transpose(0, 1);
        Tensor vector = matrix.reshape(-1);
        assertThat(List.of(column, middle, turned, vector))
                .extracting(Tensor::shape)
                .containsExactly(new int[] {3}, new int[] {1, 2}, new int[] {2, 3}, new int[] {6});
    }

    @Test
    void itsCodeIsThisTests() throws IOException {
        String test = Files.readString(Path.of("src/test/java/dev/statedict/tensor/TensorPageTest.java"))
                .replaceAll("\\s+", "");
        List<String> lines = shown("java").lines().toList();

        assertThat(lines).hasSizeGreaterThan(10);
        for (String line : lines) {
            assertThat(test).contains(line.replaceAll("//.*", "").replaceAll("\\s+", ""));
        }
    }

    @Test
    void whatIsPrinted() throws IOException {
        assertThat(shown(""))
                .isEqualTo(String.join(
                                "\n",
                                catchThrowable(() -> Tensor.wrap(new double[] {1, 0.1}, 2)
                                                .get(1))
                                        .getMessage(),
                                catchThrowable(() -> Tensor.wrap(
                                                new int[][] {new int[4], new int[4], new int[4], new int[5]}))
                                        .getMessage(),
                                Tensor.wrap(new double[][] {{1, 2}, {3, 4}, {50, 6}})
                                        .toString())
                        + "\n");
    }

    /** All blocks of the page in one language. */
    private static String shown(String language) throws IOException {
        List<String> shown = new ArrayList<>();
        String open = null;
        for (String line : Files.readAllLines(Path.of("..", "docs", "tensor.md"))) {
            if (line.startsWith("```")) {
                open = open == null ? line.substring(3) : null;
            } else if (language.equals(open)) {
                shown.add(line);
            }
        }
        return String.join("\n", shown) + "\n";
    }
}
