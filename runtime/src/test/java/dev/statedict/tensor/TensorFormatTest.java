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

    /** A tensor and what PyTorch prints for it; see tensor-repr.py beside the file. */
    record Case(Tensor tensor, String repr) {
        @Override
        public String toString() {
            return Arrays.toString(tensor.shape()) + " "
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
        int[] strides = tensor.strides();
        // every element twice as far from the next, in a storage of NaN
        float[] storage = new float[2 * tensor.numel() + 3];
        Arrays.fill(storage, Float.NaN);
        Tensor view = Tensor.strided(
                storage,
                3,
                shape,
                Arrays.stream(strides).map(stride -> 2 * stride).toArray());
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

    static Stream<Case> casesFromPyTorch() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream file = TensorFormatTest.class.getResourceAsStream("tensor-repr.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            for (String shape = lines.readLine(); shape != null; shape = lines.readLine()) {
                cases.add(readCase(shape, lines));
            }
        }
        assertThat(cases).hasSizeGreaterThan(400);
        return cases.stream();
    }

    private static Case readCase(String shapeLine, BufferedReader lines) throws IOException {
        int[] shape = Arrays.stream(shapeLine.split(" "))
                .skip(1)
                .mapToInt(Integer::parseInt)
                .toArray();
        String bits = lines.readLine();
        Tensor tensor = Tensor.zeros(shape);
        float[] storage = tensor.storage();
        if (storage.length > 0) {
            String[] words = bits.split(" ");
            for (int i = 0; i < storage.length; i++) {
                storage[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i % words.length], 16));
            }
        }
        List<String> repr = new ArrayList<>();
        for (String line = lines.readLine(); !line.equals("----"); line = lines.readLine()) {
            repr.add(line);
        }
        return new Case(tensor, String.join("\n", repr));
    }
}
