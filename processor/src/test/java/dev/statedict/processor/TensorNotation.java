package dev.statedict.processor;

import dev.statedict.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The notation of {@code conformance.md} for values: {@code [2]=1,2} is a tensor, {@code {a[]=1;b[2]=0*}} a map. */
final class TensorNotation {
    private static final Pattern TENSOR = Pattern.compile("\\[([\\d,]*)]=(.*)");
    private static final Pattern ENTRY =
            Pattern.compile("(?:\"(?<quoted>[^\"]*)\"|(?<plain>[\\w.]+))(?:=\"(?<text>.*)\"|(?<tensor>\\[.*))");

    private TensorNotation() {}

    static int[] shape(String notation) {
        return Arrays.stream(parts(match(TENSOR, notation).group(1)))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    static Tensor tensor(String notation) {
        String values = match(TENSOR, notation).group(2);
        Tensor tensor = Tensor.zeros(shape(notation));
        if (values.endsWith("*")) {
            tensor.fill(number(values.substring(0, values.length() - 1)));
            return tensor;
        }
        String[] parts = parts(values);
        float[] elements = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            elements[i] = number(parts[i]);
        }
        return Tensor.wrap(elements, shape(notation));
    }

    /** A map in the order of the notation. A quoted value is a string, which no {@code Map<String, Tensor>} should hold. */
    static Map<String, Object> map(String notation) {
        Map<String, Object> map = new LinkedHashMap<>();
        String entries = notation.substring(1, notation.length() - 1);
        if (entries.isEmpty()) {
            return map;
        }
        for (String part : entries.split(";")) {
            Matcher entry = match(ENTRY, part);
            String key = entry.group("quoted") != null ? entry.group("quoted") : entry.group("plain");
            map.put(key, entry.group("text") != null ? entry.group("text") : tensor(entry.group("tensor")));
        }
        return map;
    }

    /** The reverse of {@link #tensor}. */
    static String of(Tensor tensor) {
        float[] elements = tensor.toArray();
        return Arrays.toString(tensor.shape()).replace(" ", "") + "="
                + IntStream.range(0, elements.length)
                        .mapToObj(i -> numberText(elements[i]))
                        .collect(Collectors.joining(","));
    }

    private static float number(String text) {
        return switch (text) {
            case "nan" -> Float.NaN;
            case "inf" -> Float.POSITIVE_INFINITY;
            case "-inf" -> Float.NEGATIVE_INFINITY;
            default -> Float.parseFloat(text);
        };
    }

    private static String numberText(float number) {
        if (Float.isNaN(number)) {
            return "nan";
        }
        if (Float.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        boolean negativeZero = Float.compare(number, -0.0f) == 0;
        return number == (long) number && !negativeZero ? Long.toString((long) number) : Float.toString(number);
    }

    private static String[] parts(String list) {
        return list.isEmpty() ? new String[0] : list.split(",");
    }

    private static Matcher match(Pattern pattern, String notation) {
        Matcher matcher = pattern.matcher(notation);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not in the notation: " + notation);
        }
        return matcher;
    }
}
