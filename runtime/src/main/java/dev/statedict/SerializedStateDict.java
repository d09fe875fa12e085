package dev.statedict;

import dev.statedict.codec.CodedDict;
import dev.statedict.codec.CodedEntry;
import dev.statedict.codec.Decoder;
import dev.statedict.codec.SerialForm;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.tree.ExtraStateValue;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What stands for a state dict in a stream of objects: its bytes, as in a {@code .statedict} file. */
final class SerializedStateDict implements Serializable {
    private static final long serialVersionUID = 1;
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private transient @Nullable StateDict dict;

    SerializedStateDict(StateDict dict) {
        this.dict = dict;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        StateDict written = Objects.requireNonNull(dict);
        List<CodedEntry> entries = new ArrayList<>(written.size());
        for (StateEntry entry : written.entries()) {
            entries.add(new CodedEntry(
                    entry.getKey(),
                    TENSORS.coded(entry.getValue()),
                    entry.isPlain() ? null : entry.role().name(),
                    entry.storedType().name()));
        }
        StateMetadata metadata = written.metadata();
        CodedDict.Notes notes = new CodedDict.Notes(
                metadata.extraState(), metadata.versions(), metadata.possibleTies(), Map.of(), Map.of());
        SerialForm.write(new CodedDict(entries, notes), out);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        CodedDict coded = Decoder.read(in);
        StateDictBuilder builder = StateDict.builder();
        for (CodedEntry entry : coded.entries()) {
            put(entry, builder);
        }
        coded.notes().extraState().forEach((module, value) -> new ExtraStateValue(value).addTo(builder, module));
        coded.notes().versions().forEach(builder::version);
        builder.possibleTies(coded.notes().possibleTies());
        dict = builder.build();
    }

    private static void put(CodedEntry entry, StateDictBuilder builder) throws InvalidObjectException {
        Tensor tensor = TENSORS.decoded(entry.tensor());
        String role = entry.role();
        if (role == null && entry.storedType() == null) {
            builder.putPlain(entry.key(), tensor);
            return;
        }
        String stored = entry.storedType();
        builder.put(
                entry.key(),
                tensor,
                role == null ? Role.PARAMETER : constant(Role.values(), role, "role"),
                stored == null
                        ? StoredType.of(tensor.elementType())
                        : constant(StoredType.values(), stored, "stored type"));
    }

    private static <E extends Enum<E>> E constant(E[] constants, String name, String what)
            throws InvalidObjectException {
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new InvalidObjectException("\"" + name + "\" is no " + what + " that this statedict knows");
    }

    private Object readResolve() {
        return Objects.requireNonNull(dict);
    }
}
