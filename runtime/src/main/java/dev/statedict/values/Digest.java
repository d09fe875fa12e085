package dev.statedict.values;

import dev.statedict.StateDict;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over the content of a dict: keys in order of their characters, for each its element type, unless that is F32,
 * its shape and its elements row-major, every number as four bytes big-endian, a double or long as eight, and every text
 * behind its length; then the extra state and the versions likewise. All NaNs are
 * one. Dicts with equal content, and no others, have equal digests.
 */
public final class Digest {
    private static final int CHUNK = 1 << 14;

    private final MessageDigest sha;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);

    private Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    public static String of(StateDict dict) {
        Digest digest = new Digest();
        List<Map.Entry<String, Tensor>> sorted = new ArrayList<>(dict.entrySet());
        sorted.sort(Map.Entry.comparingByKey());
        digest.number(sorted.size());
        for (Map.Entry<String, Tensor> entry : sorted) {
            digest.text(entry.getKey());
            digest.tensor(entry.getValue());
        }
        digest.number(dict.extraState().size());
        new TreeMap<>(dict.extraState()).forEach(digest::extraState);
        Map<String, Integer> versions = new TreeMap<>(dict.versions());
        versions.values().removeIf(version -> version == 1);
        digest.number(versions.size());
        versions.forEach((path, version) -> {
            digest.text(path);
            digest.number(version);
        });
        digest.flush();
        return HexFormat.of().formatHex(digest.sha.digest());
    }

    private void tensor(Tensor tensor) {
        // no shape has a negative number of dimensions, so that F32, which was the only type once, need not be marked
        if (tensor.elementType() != ElementType.F32) {
            number(mark(tensor.elementType()));
        }
        int[] shape = tensor.shape();
        number(shape.length);
        for (int size : shape) {
            number(size);
        }
        switch (tensor.elementType()) {
            case F32 -> {
                for (float value : tensor.toArray()) {
                    number(Float.floatToIntBits(value));
                }
            }
            case F64 -> {
                for (double value : tensor.toDoubleArray()) {
                    number(Double.doubleToLongBits(value));
                }
            }
            case I64 -> {
                for (long value : tensor.toLongArray()) {
                    number(value);
                }
            }
            case I32, BOOL -> {
                for (int value : tensor.toIntArray()) {
                    number(value);
                }
            }
        }
    }

    private static int mark(ElementType type) {
        return switch (type) {
            case F32 -> 0;
            case F64 -> -1;
            case I32 -> -2;
            case I64 -> -3;
            case BOOL -> -4;
        };
    }

    private void extraState(String path, @Nullable Object value) {
        text(path);
        if (value instanceof Map<?, ?> texts) {
            number(texts.size());
            new TreeMap<>(texts).forEach((name, text) -> {
                text((String) name);
                text((String) text);
            });
        } else if (value == null) {
            number(-1);
        } else {
            number(-2);
            text((String) value);
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        flush();
        sha.update(bytes);
    }

    private void number(int value) {
        if (buffer.remaining() < Integer.BYTES) {
            flush();
        }
        buffer.putInt(value);
    }

    private void number(long value) {
        number((int) (value >>> 32));
        number((int) value);
    }

    private void flush() {
        sha.update(buffer.flip());
        buffer.clear();
    }
}
