package dev.statedict.sample;

import dev.statedict.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads digits from CSV, plain or compressed by gzip: one a line, its 64 pixels, then what it shows. */
final class DigitsReader {
    private static final String RULE = "; a line holds 64 pixels from 0 to 16, then the digit from 0 to 9";

    private final String name;
    private final List<float[]> images = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    private DigitsReader(String name) {
        this.name = name;
    }

    /** The digits that the sample ships. */
    static Digits readShipped() throws InputException {
        String name = "digits.csv.gz";
        InputStream shipped = DigitsReader.class.getResourceAsStream(name);
        if (shipped == null) {
            throw new InputException(name + " is missing from this jar; build it again, or give --data FILE");
        }
        return new DigitsReader(name).read(shipped);
    }

    static Digits read(Path file) throws InputException {
        if (!Files.isRegularFile(file)) {
            throw new InputException((Files.exists(file) ? "not a file: " : "no such file: ") + file
                    + "; give --data a CSV file of digits, or leave it out for the digits that come along");
        }
        try {
            return new DigitsReader(file.toString()).read(Files.newInputStream(file));
        } catch (IOException e) {
            throw new InputException("cannot open " + file + " (" + e + "); give --data a file that you may read");
        }
    }

    private Digits read(InputStream file) throws InputException {
        int line = 0;
        int blank = 0;
        try (InputStream bytes = new BufferedInputStream(file);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(decompress(bytes), StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (!text.isBlank()) {
                    if (blank > 0) {
                        throw malformed(blank, "1 value instead of 65");
                    }
                    add(text, line);
                } else if (blank == 0) {
                    blank = line; // editors leave such at a file's end
                }
            }
        } catch (IOException e) {
            throw new InputException(name + " is damaged after line " + line + " (" + e.getMessage()
                    + "); fetch it again, or leave --data out for the digits that come along");
        }
        return digits();
    }

    /** Judges by the first two bytes, not by the file's name. */
    private static InputStream decompress(InputStream bytes) throws IOException {
        bytes.mark(2);
        boolean compressed = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        return compressed ? new GZIPInputStream(bytes) : bytes;
    }

    private void add(String text, int line) throws InputException {
        String[] values = text.split(",", -1);
        if (values.length != Digits.PIXELS + 1) {
            throw malformed(line, values.length + (values.length == 1 ? " value" : " values") + " instead of 65");
        }
        float[] image = new float[Digits.PIXELS];
        for (int i = 0; i < image.length; i++) {
            image[i] = number(values[i], Digits.MOST_INK, line, i);
        }
        images.add(image);
        labels.add(number(values[Digits.PIXELS], Digits.CLASSES - 1, line, Digits.PIXELS));
    }

    private int number(String text, int most, int line, int index) throws InputException {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the message below is right for this too
        }
        throw malformed(
                line, "value " + (index + 1) + " is \"" + abbreviate(text) + "\", no whole number from 0 to " + most);
    }

    private InputException malformed(int line, String what) {
        return new InputException(name + ", line " + line + ": " + what + RULE);
    }

    private static String abbreviate(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "...";
    }

    private Digits digits() throws InputException {
        if (images.isEmpty()) {
            throw new InputException(name + " holds no digits" + RULE);
        }
        Tensor all = Tensor.zeros(images.size(), Digits.PIXELS);
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i), 0, all.storage(), i * Digits.PIXELS, Digits.PIXELS);
        }
        return new Digits(all, labels.stream().mapToInt(Integer::intValue).toArray());
    }
}
