package dev.statedict.tensor;

import dev.statedict.codec.CodedDict;
import dev.statedict.codec.CodedEntry;
import dev.statedict.codec.Decoder;
import dev.statedict.codec.SerialForm;
import dev.statedict.tensor.access.TensorAccess;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What stands for a tensor in a stream of objects: the bytes of a dict of one entry. */
final class SerializedTensor implements Serializable {
    private static final long serialVersionUID = 1;

    private transient @Nullable Tensor tensor;

    SerializedTensor(Tensor tensor) {
        this.tensor = tensor;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        Tensor written = Objects.requireNonNull(tensor);
        CodedEntry entry = new CodedEntry("", TensorAccess.to(written).coded(written), null, null);
        SerialForm.write(new CodedDict(List.of(entry), CodedDict.Notes.NONE), out);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        List<CodedEntry> entries = Decoder.read(in).entries();
        if (entries.size() != 1) {
            throw new InvalidObjectException("a tensor is one entry, and here are " + entries.size());
        }
        tensor = TensorAccess.to(Tensor.scalar(0)).decoded(entries.get(0).tensor());
    }

    private Object readResolve() {
        return Objects.requireNonNull(tensor);
    }
}
