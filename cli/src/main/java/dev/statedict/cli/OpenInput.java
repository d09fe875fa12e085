package dev.statedict.cli;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.CheckpointFormatException;
import dev.statedict.io.ReadOptions;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A file's tensors in memory, on their way to another file.
 *
 * @param dict all that a state dict holds
 * @param metadata texts that the file carries about itself
 */
record Loading(StateDict dict, Map<String, String> metadata) {
    private static final int NAMED = 5;

    /** What an index says of its shards; it would be untrue of other files. */
    private static final String TOTAL_SIZE = "total_size";

    static Loading of(Screen screen, InputFile input, ReadOptions how) throws IOException, InputException {
        long bytes;
        try (Checkpoint checkpoint = input.open()) {
            bytes = Listing.of(checkpoint, List.copyOf(checkpoint.keys())).bytes();
        }
        try (Progress progress = Progress.of(screen, "reading", bytes)) {
            ReadOptions options = how.withProgress((done, total) -> progress.at(done));
            try (Checkpoint checkpoint = input.open(options)) {
                Set<String> leftOut = new LinkedHashSet<>(checkpoint.values().keySet());
                leftOut.addAll(checkpoint.foreign().keySet());
                Map<String, String> metadata = Metadata.of(checkpoint);
                metadata.remove(TOTAL_SIZE);
                StateDict dict = stateDict(checkpoint, input);
                tellWhatIsLeftOut(screen, input, leftOut);
                return new Loading(dict, metadata);
            }
        }
    }

    /** What is foreign is refused by the reader, on many lines, unless it was to be skipped. */
    private static StateDict stateDict(Checkpoint checkpoint, InputFile input) throws IOException, InputException {
        try {
            return checkpoint.stateDict();
        } catch (CheckpointFormatException refused) {
            if (checkpoint.foreign().isEmpty()) {
                throw refused;
            }
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
}
