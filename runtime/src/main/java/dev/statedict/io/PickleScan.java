package dev.statedict.io;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.pickle.PickleScanner;
import dev.statedict.io.pickle.ScanInput;
import dev.statedict.io.pickle.ScannedGlobal;
import dev.statedict.io.pytorch.LegacyReader;
import dev.statedict.io.pytorch.PytorchReader;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.safetensors.SafetensorsReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What the pickles in a file name, and would call if Python read them. They are followed, never executed, whatever their
 * protocol: those of a {@code .pt} of any age, of a TorchScript archive, and a file that is a pickle itself.
 *
 * {@snippet class="com.example.Loading" region="scan"}
 *
 * <p>PyTorch's counterpart is {@code torch.serialization.get_unsafe_globals_in_checkpoint}.
 *
 * @param globals each instruction that looks up a name, pickle by pickle, in order
 * @param problems a sentence for each pickle that breaks off: Python would have run what comes before the place
 */
public record PickleScan(List<Global> globals, List<String> problems) {
    /** The pickles of the form before PyTorch 1.6; what follows them are storages. */
    private static final int LEGACY_PICKLES = 5;

    private static final int PROTO = 0x80;

    /**
     * A name that an instruction looks up, Python's <em>global</em>: looking it up imports its module, which runs that.
     *
     * @param pickle the record of the archive that holds the pickle; empty where the file is the pickle
     * @param offset where in the pickle the instruction begins
     * @param module the Python module; {@code ?} where the pickle computes it
     * @param name the name in it, perhaps dotted
     * @param isPlain whether it is one of the names that tensors and plain values need, which {@link Checkpoints} reads
     * @param calls how often the pickle calls it
     * @param firstCall the first call with its arguments, cut when long; null when there is none
     */
    public record Global(
            String pickle,
            long offset,
            String module,
            String name,
            boolean isPlain,
            long calls,
            @Nullable String firstCall) {
        /** {@return for example {@code os.system at offset 11 of archive/data.pkl, called 1 time: os.system('id',)}} */
        @Override
        public String toString() {
            return module + "." + name + " at offset " + offset + (pickle.isEmpty() ? "" : " of " + pickle)
                    + (firstCall == null
                            ? ""
                            : ", called " + calls + (calls == 1 ? " time: " : " times: ") + firstCall);
        }
    }

    /**
     * Copies what it is given.
     *
     * @param globals each instruction that looks up a name
     * @param problems a sentence for each pickle that breaks off
     */
    public PickleScan {
        globals = List.copyOf(globals);
        problems = List.copyOf(problems);
    }

    /**
     * Whether the pickles need nothing but what tensors and plain values need. True of a file without pickles.
     *
     * @return false also where a pickle breaks off, for nobody knows what follows
     */
    public boolean isPlain() {
        return problems.isEmpty() && globals.stream().allMatch(Global::isPlain);
    }

    /**
     * Scans a file, by its content and whatever its suffix.
     *
     * @param path a PyTorch checkpoint, a TorchScript archive, a pickle, or a safetensors file, which holds none
     * @return what its pickles name
     * @throws CheckpointFormatException when it is none of these, or an archive that cannot be read
     * @throws IOException when the file cannot be read
     */
    public static PickleScan of(Path path) throws IOException {
        Collector collector = new Collector();
        try (FileBytes file = FileBytes.open(path)) {
            if (SafetensorsReader.recognizes(file)) {
                return collector.scan();
            }
            if (PytorchReader.recognizes(file)) {
                collector.archive(path);
            } else {
                collector.file(path, LegacyReader.recognizes(file) ? LEGACY_PICKLES : Integer.MAX_VALUE);
            }
        } catch (FormatException broken) {
            throw new CheckpointFormatException(path, broken);
        }
        return collector.scan();
    }

    /** Gathers what the pickles of one file name. */
    private static final class Collector {
        private final List<Global> globals = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        PickleScan scan() {
            return new PickleScan(globals, problems);
        }

        /** Every record that is called a pickle: PyTorch reads data.pkl, TorchScript two or three. */
        void archive(Path path) throws IOException {
            try (ZipFile archive = new ZipFile(path.toFile())) {
                Set<String> names = new HashSet<>();
                Enumeration<? extends ZipEntry> entries = archive.entries();
                while (entries.hasMoreElements()) {
                    ZipEntry entry = entries.nextElement();
                    String name = entry.getName();
                    if (name.endsWith(".pkl") && names.add(name)) {
                        try (InputStream stream = archive.getInputStream(entry)) {
                            pickle(name, new ScanInput(stream));
                        }
                    } else if (name.endsWith(".pkl")) {
                        problems.add(name + " is there twice; which of the two is read depends on the reader");
                    }
                }
                if (names.isEmpty()) {
                    throw new FormatException("a ZIP archive without a pickle");
                }
            } catch (ZipException damaged) {
                throw new FormatException("a damaged ZIP archive: " + damaged.getMessage());
            }
        }

        /** Pickles in a row, as long as they follow one another. */
        void file(Path path, int most) throws IOException {
            try (InputStream stream = Files.newInputStream(path)) {
                ScanInput input = new ScanInput(stream);
                int count = 0;
                do {
                    pickle("", input);
                } while (problems.isEmpty() && ++count < most && input.peek() == PROTO);
            }
            if (globals.isEmpty() && !problems.isEmpty()) {
                throw new FormatException("neither an archive of PyTorch nor a pickle: " + problems.get(0));
            }
        }

        private void pickle(String record, ScanInput input) throws IOException {
            List<ScannedGlobal> found = new ArrayList<>();
            try {
                PickleScanner.scan(input, found);
            } catch (FormatException broken) {
                problems.add((record.isEmpty() ? "the pickle" : record) + " breaks off: " + broken.getMessage());
            } catch (ZipException damaged) {
                problems.add(record + " breaks off: " + damaged.getMessage());
            }
            for (ScannedGlobal global : found) {
                boolean plain = PytorchReader.isOnTheList(global.module(), global.name());
                globals.add(new Global(
                        record,
                        global.offset(),
                        global.module(),
                        global.name(),
                        plain,
                        global.calls(),
                        global.firstCall()));
            }
        }
    }
}
