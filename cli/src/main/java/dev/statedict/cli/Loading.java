package dev.statedict.cli;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.ReadOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    static Loading of(Screen screen, InputFile input, @Nullable String part) throws IOException {
        long bytes;
        try (Checkpoint checkpoint = input.open()) {
            bytes = Listing.of(checkpoint, List.copyOf(checkpoint.keys())).bytes();
        }
        try (Progress progress = Progress.of(screen, "reading", bytes)) {
            ReadOptions options = ReadOptions.defaults().withProgress((done, total) -> progress.at(done));
            try (Checkpoint checkpoint = input.open(part == null ? options : options.withPart(part))) {
                tellWhatIsLeftOut(screen, input, checkpoint.values().keySet());
                Map<String, String> metadata = new LinkedHashMap<>(checkpoint.metadata());
                metadata.remove(TOTAL_SIZE);
                return new Loading(checkpoint.stateDict(), metadata);
            }
        }
    }

    /** Tensors, extra state, versions and metadata go on; the epoch of a checkpoint does not. */
    private static void tellWhatIsLeftOut(Screen screen, InputFile input, Set<String> values) {
        if (!values.isEmpty()) {
            String named = values.stream().limit(NAMED).collect(Collectors.joining(", "));
            screen.note(input.name() + ": left out what is no tensor: " + named
                    + (values.size() > NAMED ? " and " + (values.size() - NAMED) + " more" : ""));
        }
    }
}
