package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorFormatTest {

    /** A tensor and what PyTorch prints for it; see tensor-repr.py and tensor-repr-types.py beside the files. */
    record Case(Tensor tensor, String repr) {
        @Override
        public String toString() {
            return tensor.elementType() + " " + Arrays.toString(tensor.shape()) + " "
                    + repr.lines().findFirst().orElse("");
        }
    }

    @ParameterizedTest
    @MethodSource("casesFromPyTorch")
    void printsToTheLetterWhatPyTorchPrints(Case expected) {
        assertThat(expected.tensor()).hasToString(expected.repr());
    }

    @ParameterizedTest
    @MethodSource("casesFromPyTorch")
    void printsAViewAsItsCopy(Case expected) {
        Tensor tensor = expected.tensor();
        int[] shape = tensor.shape();
        int[] larger = Arrays.copyOf(shape, shape.length + 1);
        larger[shape.length] = 2;
        // every element at least twice as far from the next
        Tensor view = Tensor.zeros(tensor.elementType(), larger).select(-1, 1);
        view.copyFrom(tensor);

        assertThat(view).hasToString(expected.repr());
    }

    @Test
    void printsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Tensor.wrap(new float[] {1.5f, 1e-9f}, 2)).hasToString("tensor([1.5000e+00, 1.0000e-09])");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aColumnOfALargeMatrixIsPrintedWithoutReadingAllOfIt() {
        Tensor repeated = Tensor.strided(new float[] {7}, 0, new int[] {2_000_000_000}, new int[] {0});

        assertThat(repeated).hasToString("tensor([7., 7., 7.,  ..., 7., 7., 7.])");
    }

    @Test
    void printsATensorOnRowsAsItsCopy() {
        double[][] rows = {{1, 2.5}, {-3, 0}};

        assertThat(Tensor.wrap(rows)).hasToString("""
                        tensor([[ 1.0000,  2.5000],
                                [-3.0000,  0.0000]], dtype=torch.float64)""");
    }

    static Stream<Case> casesFromPyTorch() throws IOException {
        return Stream.concat(read("tensor-repr.txt", 441).stream(), read("tensor-repr-types.txt", 400).stream());
    }

    private static List<Case> read(String resource, int least) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream file = TensorFormatTest.class.getResourceAsStream(resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            for (String head = lines.readLine(); head != null; head = lines.readLine()) {
                cases.add(readCase(head, lines));
            }
        }
        assertThat(cases).hasSizeGreaterThanOrEqualTo(least);
        return cases;
    }

    private static Case readCase(String head, BufferedReader lines) throws IOException {
        String[] words = head.split(" ");
        int[] shape = Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
        Tensor tensor = tensor(words[0], shape, lines.readLine().split(" "));
        List<String> repr = new ArrayList<>();
        for (String line = lines.readLine(); !line.equals("----"); line = lines.readLine()) {
            repr.add(line);
        }
        return new Case(tensor, String.join("\n", repr));
    }

    /** A tensor of these elements, which are bits in hexadecimal, repeated until the shape is full. */
    private static Tensor tensor(String type, int[] shape, String[] words) {
        int numel = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        long[] bits = new long[numel];
        for (int i = 0; i < numel; i++) {
            bits[i] = Long.parseUnsignedLong(words[i % words.length], 16);
        }
        switch (type) {
            case "shape":
                float[] floats = new float[numel];
                for (int i = 0; i < numel; i++) {
                    floats[i] = Float.intBitsToFloat((int) bits[i]);
                }
                return Tensor.wrap(floats, shape);
            case "F64":
                return Tensor.wrap(
                        Arrays.stream(bits)
                                .mapToDouble(Double::longBitsToDouble)
                                .toArray(),
                        shape);
            case "I32":
                return Tensor.wrap(
                        Arrays.stream(bits).mapToInt(bit -> (int) bit).toArray(), shape);
            case "I64":
                return Tensor.wrap(bits, shape);
            default:
                assertThat(type).isEqualTo("BOOL");
                boolean[] booleans = new boolean[numel];
                for (int i = 0; i < numel; i++) {
                    booleans[i] = bits[i] == 1;
                }
                return Tensor.wrap(booleans, shape);
        }
    }
}
