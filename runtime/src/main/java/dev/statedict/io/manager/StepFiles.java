package dev.statedict.io.manager;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.read.FileBytes;
import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a directory. Of each file the beginning of its header is read, where the writer of safetensors puts metadata, and
 * only when the file is new or has changed: ten thousand files take some tenths of a second the first time, and a few hundredths after.
 * Files of other formats are opened for their metadata, which takes some times as long.
 */
public final class StepFiles {
    /** More than what most labels and the digests before them take. */
    private static final int FIRST_READ = 1 << 12;

    /** Reads what a file of any format says of itself. */
    @FunctionalInterface
    public interface MetadataReader {
        /**
         * Reads it.
         *
         * @param file the file
         * @return texts by name
         * @throws IOException when it cannot be read, or is none
         */
        Map<String, String> read(Path file) throws IOException;
    }

    private static final String WITHOUT_LABEL = "there is no metadata \"" + Label.KEY + "\" that says what step it is";

    private static final String SAFETENSORS = "safetensors";

    private record Seen(long bytes, FileTime written, StepFile file) {}

    private final Path directory;
    private final Set<String> suffixes;
    private final MetadataReader reader;
    private Map<Path, Seen> seen = new HashMap<>();
    private final Map<Path, String> damaged = new HashMap<>();

    /**
     * The files of a directory.
     *
     * @param directory the directory
     * @param suffixes what the names of checkpoints end in
     * @param reader reads those of other formats than safetensors
     */
    public StepFiles(Path directory, Collection<String> suffixes, MetadataReader reader) {
        this.directory = directory;
        this.suffixes = Set.copyOf(suffixes);
        this.reader = reader;
    }

    /**
     * Lists the directory.
     *
     * @return the checkpoints there are now, by step
     * @throws IOException when the directory cannot be read
     */
    public synchronized List<StepFile> list() throws IOException {
        Map<Path, Seen> now = new HashMap<>();
        Map<Long, StepFile> byStep = new HashMap<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, StepFile.GLOB)) {
            for (Path path : paths) {
                StepFile.Name name = StepFile.Name.of(String.valueOf(path.getFileName()), suffixes);
                Seen file = name == null ? null : see(path, name);
                if (file != null) {
                    now.put(path, file);
                    String damage = damaged.get(path);
                    byStep.merge(
                            file.file.step(),
                            damage == null ? file.file : file.file.damagedBy(damage),
                            StepFiles::oneOfTwo);
                }
            }
        }
        seen = now;
        damaged.keySet().retainAll(now.keySet());
        List<StepFile> files = new ArrayList<>(byStep.values());
        files.sort(Comparator.comparingLong(StepFile::step));
        return files;
    }

    /** Of two files of a step, which a save that was killed at its end may leave: the pinned one, else the later. */
    private static StepFile oneOfTwo(StepFile one, StepFile other) {
        boolean first =
                one.pinned() != other.pinned() ? one.pinned() : one.time().isAfter(other.time());
        return first ? one : other;
    }

    /**
     * The other places where a checkpoint of a step may stand.
     *
     * @param file the one that stays
     * @param step the step
     * @return paths, most of which lead nowhere
     */
    public List<Path> others(Path file, long step) {
        List<Path> others = new ArrayList<>();
        for (String suffix : suffixes) {
            others.add(StepFile.path(directory, step, false, suffix));
            others.add(StepFile.path(directory, step, true, suffix));
        }
        others.remove(file);
        return others;
    }

    /**
     * Remembers what reading a file as a whole has shown, until it is written anew.
     *
     * @param path the file
     * @param problem what is wrong with it
     */
    public synchronized void rememberDamage(Path path, String problem) {
        damaged.put(path, problem);
    }

    /**
     * Forgets what is known of a file that was written anew.
     *
     * @param path the file
     */
    public synchronized void forget(Path path) {
        seen.remove(path);
        damaged.remove(path);
    }

    private @Nullable Seen see(Path path, StepFile.Name name) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return null;
            }
            Seen before = seen.get(path);
            if (before != null
                    && before.bytes == attributes.size()
                    && before.written.equals(attributes.lastModifiedTime())) {
                return before;
            }
            return new Seen(attributes.size(), attributes.lastModifiedTime(), read(path, name, attributes));
        } catch (NoSuchFileException deletedMeanwhile) {
            return null;
        }
    }

    private StepFile read(Path path, StepFile.Name name, BasicFileAttributes attributes) throws IOException {
        try {
            Label label = name.suffix().equals(SAFETENSORS) ? readLabel(path) : openForLabel(path);
            if (label.step() != name.step()) {
                throw FormatException.of("its name says step %d, its label step %d", name.step(), label.step());
            }
            return new StepFile(
                    path,
                    name.suffix(),
                    name.step(),
                    name.pinned(),
                    attributes.size(),
                    label.time(),
                    label.metrics(),
                    null);
        } catch (FormatException damage) {
            Instant written = attributes.lastModifiedTime().toInstant();
            return new StepFile(
                    path,
                    name.suffix(),
                    name.step(),
                    name.pinned(),
                    attributes.size(),
                    written,
                    Map.of(),
                    damage.getMessage());
        }
    }

    private Label openForLabel(Path path) throws IOException {
        String label = reader.read(path).get(Label.KEY);
        if (label == null) {
            throw new FormatException(WITHOUT_LABEL);
        }
        try {
            return Label.parse(label);
        } catch (JsonException malformed) {
            throw FormatException.of("its label, character %,d: %s", malformed.offset(), malformed.problem());
        }
    }

    /** Reads as little of the header as tells the label. */
    private static Label readLabel(Path path) throws IOException {
        try (FileBytes file = FileBytes.open(path)) {
            // of most files this one read tells
            ByteBuffer first = file.read(0, (int) Math.min(Math.max(file.length(), Long.BYTES), FIRST_READ));
            long header = first.getLong(0);
            if (header < 0 || header > file.length() - Long.BYTES) {
                throw FormatException.of(
                        "expected a header of %s bytes at offset 8, the file has %,d",
                        Long.toUnsignedString(header), file.length());
            }
            byte[] beginning = Arrays.copyOfRange(
                    first.array(), Long.BYTES, (int) Math.min(Long.BYTES + header, first.capacity()));
            while (true) {
                try {
                    return findLabel(new JsonReader(beginning));
                } catch (JsonException malformed) {
                    // which may be where what was read ends
                    if (beginning.length == header) {
                        throw FormatException.of("header, byte %,d: %s", malformed.offset(), malformed.problem());
                    }
                    int more = (int) Math.min(Math.min(header, Integer.MAX_VALUE - 8), beginning.length * 8L);
                    if (more == beginning.length) {
                        throw FormatException.of("expected a label in the first %,d bytes of the header", more);
                    }
                    beginning = file.read(Long.BYTES, more).array();
                }
            }
        }
    }

    private static Label findLabel(JsonReader header) throws JsonException {
        header.beginObject();
        if (header.hasNext() && header.nextName().equals("__metadata__")) {
            header.beginObject();
            while (header.hasNext()) {
                if (header.nextName().equals(Label.KEY)) {
                    return Label.parse(header.nextString());
                }
                header.skipValue();
            }
        }
        throw new JsonException(header.offset(), WITHOUT_LABEL);
    }
}
