package dev.statedict.io.statedict;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.codec.CodedDict;
import dev.statedict.codec.CodedEntry;
import dev.statedict.codec.CodedTensor;
import dev.statedict.codec.Encoder;
import dev.statedict.codec.Header;
import dev.statedict.io.copy.UnreadArrays;
import dev.statedict.io.element.TensorDigest;
import dev.statedict.io.write.FileImage;
import dev.statedict.io.write.StoredDict;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.io.write.TensorWriter;
import dev.statedict.io.write.Values;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.tree.PossibleTies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a dict as it is in memory, or would be there. */
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
        refuse(requested);
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
        return image(new CodedDict(entries, notes), part -> Values.of(elements(part)));
    }

    /**
     * Lays out a file of entries that are not in memory.
     *
     * @param dict what is beside them; of each entry the type that it would have in memory
     * @param requested the type of all floating-point entries; there is none but that of memory
     * @param arrays where they would lie
     * @return the file
     * @throws IllegalArgumentException when the format cannot express the content, or another type is requested
     */
    public static FileImage image(StoredDict dict, @Nullable StoredType requested, UnreadArrays arrays) {
        refuse(requested);
        CodedDict.Notes notes = new CodedDict.Notes(
                dict.reserved().extraState(),
                dict.reserved().versions(),
                dict.possibleTies(),
                dict.metadata(),
                dict.reserved().digests());
        return image(
                new CodedDict(arrays.entries(), notes),
                part -> arrays.values(part.arrays().get(0)));
    }

    private static void refuse(@Nullable StoredType requested) {
        if (requested != null) {
            throw new IllegalArgumentException("a .statedict file keeps elements as they are in memory, not as "
                    + requested + "; save as .safetensors or .pt for that, or without a stored type");
        }
    }

    private static FileImage image(CodedDict dict, Function<Encoder.Part, Values> elements) {
        Encoder encoder = Encoder.of(dict);
        TensorWriter writer = new TensorWriter(false);
        writer.add(encoder.header().toBytes());
        long data = writer.length();
        for (Encoder.Part part : encoder.parts()) {
            Header.Block block = part.block();
            writer.add(new byte[(int) (data + block.begin() - writer.length())]);
            StoredType type = StoredType.valueOf(block.type().name());
            writer.add(new StoredEntry("", elements.apply(part), type));
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
