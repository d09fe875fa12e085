package dev.statedict.io;

import dev.statedict.StateDict;
import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the fuzzer calls: one class for each reader, with one method that takes any bytes. A file is refused by a {@code
 * CheckpointFormatException}, or read; what was read can be saved and read again. Anything else is a finding.
 */
public final class FuzzTargets {
    private static final Path DIRECTORY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final WriteOptions UNFLUSHED = WriteOptions.defaults().withFlush(false);
    /** A few bytes may describe a tensor of millions of elements, on which comparing would take long. */
    private static final long COMPARED_ELEMENTS = 100_000;

    private FuzzTargets() {}

    /** Whole safetensors files. */
    public static final class Safetensors {
        private Safetensors() {}

        public static void fuzzerTestOneInput(byte[] input) throws IOException {
            load("fuzz.safetensors", input);
            streamed(input);
        }

        /** A stream is refused where its bytes are, and gives the same dict. */
        private static void streamed(byte[] input) throws IOException {
            Outcome ofBytes = Outcome.of(() -> Checkpoints.load(input));
            Outcome ofStream = Outcome.of(() -> Checkpoints.load(new ByteArrayInputStream(input)));
            if (!ofBytes.isThatOf(ofStream)) {
                throw new AssertionError("bytes: " + ofBytes + ", stream: " + ofStream);
            }
        }

        private record Outcome(
                @Nullable StateDict dict, @Nullable String problem) {
            interface Load {
                StateDict load() throws IOException;
            }

            static Outcome of(Load load) throws IOException {
                try {
                    return new Outcome(load.load(), null);
                } catch (CheckpointFormatException refused) {
                    return new Outcome(null, refused.getMessage());
                }
            }

            boolean isThatOf(Outcome other) {
                return dict == null || other.dict == null ? dict == other.dict : dict.contentEquals(other.dict);
            }
        }
    }

    /** Whole files of any kind, archives among them. */
    public static final class Archives {
        private Archives() {}

        public static void fuzzerTestOneInput(byte[] input) throws IOException {
            load("fuzz.pt", input);
        }
    }

    /** Pickles, in an archive whose checksums are right. */
    public static final class Pickles {
        private Pickles() {}

        public static void fuzzerTestOneInput(byte[] input) throws IOException {
            Archive archive = new Archive().stored("a/data.pkl", input);
            for (int storage = 0; storage < 4; storage++) {
                archive.stored("a/data/" + storage, new byte[16 << storage]);
            }
            load("fuzz.pt", archive.bytes());
        }
    }

    /** Files of the form before PyTorch 1.6, behind their magic number. */
    public static final class Legacy {
        private static final byte[] MAGIC = Archive.latin1("\u0080\2\u008a\n\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a"
                + "\u00a8\u0050\u0019.\u0080\2M\u00e9\3.\u0080\2}.");

        private Legacy() {}

        public static void fuzzerTestOneInput(byte[] input) throws IOException {
            byte[] file = new byte[MAGIC.length + input.length];
            System.arraycopy(MAGIC, 0, file, 0, MAGIC.length);
            System.arraycopy(input, 0, file, MAGIC.length, input.length);
            load("fuzz.pt", file);
        }
    }

    /** Shard indexes, beside two sound shards. */
    public static final class ShardIndexes {
        private ShardIndexes() {}

        static {
            try {
                Checkpoints.save(
                        DIRECTORY.resolve("fuzzed-00001-of-00002.safetensors"),
                        StateDict.builder().put("a", Tensor.scalar(1)).build());
                Checkpoints.save(
                        DIRECTORY.resolve("fuzzed-00002-of-00002.safetensors"),
                        StateDict.builder().put("b", Tensor.scalar(2)).build());
            } catch (IOException failed) {
                throw new ExceptionInInitializerError(failed);
            }
        }

        public static void fuzzerTestOneInput(byte[] input) throws IOException {
            load("fuzzed.safetensors.index.json", input);
        }
    }

    /** Files that keep all that a dict is. */
    public static final class Statedict {
        private Statedict() {}

        public static void fuzzerTestOneInput(byte[] input) throws IOException {
            load("fuzz.statedict", input);
        }
    }

    /** Arrays of NumPy. */
    public static final class Numpy {
        private Numpy() {}

        public static void fuzzerTestOneInput(byte[] input) throws IOException {
            load("fuzz.npy", input);
        }
    }

    /** JSON documents. */
    public static final class Json {
        private Json() {}

        public static void fuzzerTestOneInput(byte[] input) throws IOException {
            try {
                JsonReader reader = new JsonReader(input);
                reader.skipValue();
                reader.endDocument();
            } catch (JsonException refused) {
                if (refused.offset() < 0 || refused.offset() > input.length) {
                    throw new AssertionError("a fault outside of the document", refused);
                }
            }
        }
    }

    private static void load(String name, byte[] input) throws IOException {
        Path file = Files.write(DIRECTORY.resolve(name), input);
        StateDict dict;
        try (Checkpoint checkpoint =
                Checkpoints.open(file, ReadOptions.defaults().skipForeign())) {
            String.valueOf(checkpoint.foreign()).length();
            String.valueOf(checkpoint.values()).length();
            dict = checkpoint.stateDict();
        } catch (CheckpointFormatException refused) {
            return;
        }
        if (dict.containsKey("__metadata__")
                || dict.values().stream().mapToLong(Tensor::numel).sum() > COMPARED_ELEMENTS) {
            return;
        }
        Path again = DIRECTORY.resolve("again.pt");
        Checkpoints.save(again, dict, UNFLUSHED);
        if (!Checkpoints.load(again).contentEquals(dict)) {
            throw new AssertionError("what was read, saved and read again differs: " + dict);
        }
    }
}
