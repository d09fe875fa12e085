package dev.statedict.arithmetic;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What PyTorch computes, made by {@code make-arithmetic.py}. */
final class PytorchArithmetic {
    private PytorchArithmetic() {}

    static StateDict load() {
        try (InputStream in = PytorchArithmetic.class.getResourceAsStream("arithmetic.safetensors")) {
            Path file = Files.createTempFile("arithmetic", ".safetensors");
            try {
                Files.write(file, Objects.requireNonNull(in).readAllBytes());
                return Checkpoints.load(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
