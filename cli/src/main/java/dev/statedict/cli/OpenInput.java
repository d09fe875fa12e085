package dev.statedict.cli;

import dev.statedict.io.Checkpoint;
import dev.statedict.io.CheckpointFormatException;
import dev.statedict.io.ReadOptions;
import dev.statedict.io.UnreadStateDict;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A file's tensors on their way to another file, which is written while they are read.
 *
 * @param checkpoint the open file
 * @param dict all that a state dict holds
 * @param metadata texts that the file carries about itself
 */
record OpenInput(Checkpoint checkpoint, UnreadStateDict dict, Map<String, String> metadata) implements Closeable {
    private static final int NAMED = 5;

    /** What an index says of its shards; it would be untrue of other files. */
    private static final String TOTAL_SIZE = "total_size";

    static OpenInput of(Screen screen, InputFile input, ReadOptions how) throws IOException, InputException {
        Checkpoint checkpoint = input.open(how);
        try {
            UnreadStateDict dict = dict(checkpoint, input);
            Set<String> leftOut = new LinkedHashSet<>(checkpoint.values().keySet());
            leftOut.addAll(checkpoint.foreign().keySet());
            tellWhatIsLeftOut(screen, input, leftOut);
            Map<String, String> metadata = Metadata.of(checkpoint);
            metadata.remove(TOTAL_SIZE);
            return new OpenInput(checkpoint, dict, metadata);
        } catch (IOException | InputException | RuntimeException failed) {
            checkpoint.close();
            throw failed;
        }
    }

    /** What is foreign is refused by the reader, on many lines, unless it was to be skipped. */
    private static UnreadStateDict dict(Checkpoint checkpoint, InputFile input) throws IOException, InputException {
        try {
            return checkpoint.unread();
        } catch (CheckpointFormatException refused) {
            throw new InputException(input.name() + ": neither a tensor nor a plain value: "
                    + named(checkpoint.foreign().keySet()) + "; give --skip-foreign to leave it out");
        }
    }

    private static String named(Set<String> keys) {
        String named = keys.stream().limit(NAMED).collect(Collectors.joining(", "));
        return named + (keys.size() > NAMED ? " and " + (keys.size() - NAMED) + " more" : "");
    }

    /** Tensors, extra state, versions and metadata go on; the epoch of a checkpoint does not. */
    private static void tellWhatIsLeftOut(Screen screen, InputFile input, Set<String> values) {
        if (!values.isEmpty()) {
            screen.note(input.name() + ": left out what is no tensor: " + named(values));
        }
    }

    @Override
    public void close() throws IOException {
        checkpoint.close();
    }
}
