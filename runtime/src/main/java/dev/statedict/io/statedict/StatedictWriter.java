package dev.statedict.io.statedict;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.codec.CodedDict;
import dev.statedict.codec.CodedEntry;
import dev.statedict.codec.CodedTensor;
import dev.statedict.codec.Encoder;
import dev.statedict.codec.Header;
import dev.statedict.io.element.TensorDigest;
import dev.statedict.io.write.FileImage;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.io.write.TensorWriter;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.tree.PossibleTies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a dict as it is in memory. */
public final class StatedictWriter {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private StatedictWriter() {}

    /**
     * Lays out a file.
     *
     * @param dict what to write
     * @param requested the type of all floating-point entries; there is none but that of memory
     * @param metadata texts by name
     * @param digested whether to add a digest of each entry
     * @return the file
     * @throws IllegalArgumentException when the format cannot express the content, or another type is requested
     */
    public static FileImage image(
            StateDict dict, @Nullable StoredType requested, Map<String, String> metadata, boolean digested) {
        if (requested != null) {
            throw new IllegalArgumentException("a .statedict file keeps elements as they are in memory, not as "
                    + requested + "; save as .safetensors or .pt for that, or without a stored type");
        }
        List<CodedEntry> entries = new ArrayList<>(dict.size());
        Map<String, String> digests = new LinkedHashMap<>();
        dict.forEach((key, tensor) -> {
            entries.add(new CodedEntry(
                    key,
                    TENSORS.coded(tensor),
                    dict.role(key).name(),
                    dict.storedType(key).name()));
            if (digested) {
                digests.put(key, TensorDigest.of(tensor, StoredType.of(tensor.elementType())));
            }
        });
        CodedDict.Notes notes =
                new CodedDict.Notes(dict.extraState(), dict.versions(), PossibleTies.of(dict), metadata, digests);
        Encoder encoder = Encoder.of(new CodedDict(entries, notes));
        TensorWriter writer = new TensorWriter(false);
        writer.add(encoder.header().toBytes());
        long data = writer.length();
        for (Encoder.Part part : encoder.parts()) {
            writer.add(new byte[(int) (data + part.block().begin() - writer.length())]);
            Tensor elements = elements(part);
            writer.add(new StoredEntry("", elements, StoredType.of(elements.elementType())));
        }
        return writer;
    }

    private static Tensor elements(Encoder.Part part) {
        Header.Block block = part.block();
        if (block.count() == 1) {
            return TENSORS.strided(part.arrays().get(0), part.start(), new int[] {block.length()}, new int[] {1});
        }
        return TENSORS.decoded(new CodedTensor(
                block.type(),
                part.arrays().toArray(),
                true,
                block.length(),
                0,
                new int[] {block.count(), block.length()},
                new int[] {block.length(), 1}));
    }
}
