package dev.statedict.io;

import dev.statedict.Role;
import dev.statedict.StoredType;
import dev.statedict.io.copy.Origin;
import dev.statedict.io.element.TensorDigest;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.read.ForeignItem;
import dev.statedict.io.read.TensorReader;
import dev.statedict.io.transfer.Progress;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tensors of an open file, and what it says of each; those that have a digest are held against it when they are read. */
final class CheckedTensors {
    private final String name;
    private final @Nullable Path path;
    private final FileContent content;
    private final Progress progress;
    private final TensorReader reader;

    CheckedTensors(String name, @Nullable Path path, FileContent content, Progress progress) {
        this.name = name;
        this.path = path;
        this.content = content;
        this.progress = progress;
        this.reader = new TensorReader(progress);
    }

    /** A tensor that is not read yet. */
    FileTensor find(String key) {
        FileTensor tensor = content.tensors().get(key);
        ForeignItem foreign = content.foreign().get(key);
        if (foreign != null) {
            throw new IllegalArgumentException(name + ": " + Names.quote(key) + " is " + foreign);
        }
        if (tensor == null) {
            throw new IllegalArgumentException("no key " + Names.quote(key) + " in " + name + "; there are "
                    + Names.list(content.tensors().keySet()));
        }
        return tensor;
    }

    Tensor read(String key) throws IOException {
        ForeignItem foreign = content.foreign().get(key);
        if (foreign != null) {
            throw new CheckpointFormatException(name, path, new FormatException(Names.quote(key) + " is " + foreign));
        }
        Map<String, FileTensor> wanted = Map.of(key, find(key));
        return checked(() -> reader.read(wanted)).values().iterator().next();
    }

    /** All tensors, in the file's order. */
    Map<String, Tensor> readAll() throws IOException {
        FileContent.Whole whole = content.whole();
        return checked(whole != null ? () -> whole.read(progress) : () -> reader.read(content.tensors()));
    }

    /** Training changes floats; a count, a mask or an index is a buffer. Most files say no more. */
    Role role(String key) {
        FileContent.Kind kind = content.kinds().get(key);
        if (kind != null && kind.role() != null) {
            return kind.role();
        }
        return find(key).storage().elements().isFloatingPoint() ? Role.PARAMETER : Role.BUFFER;
    }

    StoredType rememberedType(String key) {
        FileContent.Kind kind = content.kinds().get(key);
        return kind != null && kind.storedType() != null
                ? kind.storedType()
                : find(key).storage().type();
    }

    /** Reads tensors. */
    private interface Reading {
        Map<String, Tensor> read() throws IOException;
    }

    private Map<String, Tensor> checked(Reading reading) throws IOException {
        try {
            Map<String, Tensor> tensors = reading.read();
            for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
                check(entry.getKey(), entry.getValue());
            }
            return tensors;
        } catch (FormatException broken) {
            throw new CheckpointFormatException(name, path, broken);
        }
    }

    private void check(String key, Tensor tensor) throws FormatException {
        if (content.reserved().digests().containsKey(key)) {
            requireDigest(key, TensorDigest.of(tensor, find(key).storage().type()));
        }
    }

    private void requireDigest(String key, String found) throws FormatException {
        String expected = content.reserved().digests().getOrDefault(key, found);
        if (!found.equals(expected)) {
            throw FormatException.of(
                    "%s: its bytes have SHA-256 %s, expected %s; it has changed since it was written",
                    Names.quote(key), found, expected);
        }
    }

    /** What is copied from here is read apart from what is read here. */
    Origin copied() {
        return new Copied();
    }

    /** What is copied elsewhere, by any number of threads. */
    private final class Copied implements Origin {
        private final TensorReader copying = new TensorReader(new Progress((done, total) -> {}));

        @Override
        public synchronized Map<String, Tensor> read(Map<String, FileTensor> tensors) throws IOException {
            return checked(() -> copying.read(tensors));
        }

        @Override
        public Role role(String key) {
            return CheckedTensors.this.role(key);
        }

        @Override
        public StoredType rememberedType(String key) {
            return CheckedTensors.this.rememberedType(key);
        }

        @Override
        public boolean hasDigest(String key) {
            return content.reserved().digests().containsKey(key);
        }

        @Override
        public void requireDigest(String key, String found) throws IOException {
            try {
                CheckedTensors.this.requireDigest(key, found);
            } catch (FormatException changed) {
                throw named(changed);
            }
        }

        @Override
        public IOException named(FormatException problem) {
            return new CheckpointFormatException(name, path, problem);
        }
    }
}
