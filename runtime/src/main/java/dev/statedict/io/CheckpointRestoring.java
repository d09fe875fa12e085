package dev.statedict.io;

import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.manager.Parts;
import dev.statedict.io.manager.StepFile;
import dev.statedict.io.manager.StepFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Restores checkpoints for a {@link CheckpointManager}, whose lock it is called under, and tells of those that are damaged. */
final class CheckpointRestoring {
    private final CheckpointManagerOptions options;
    private final StepFiles files;

    CheckpointRestoring(CheckpointManagerOptions options, StepFiles files) {
        this.options = options;
        this.files = files;
    }

    /** Restores from the latest that is whole, or fails on the first that is not, as the options say. */
    Optional<RestoredCheckpoint> latest(Parts whole) throws IOException {
        List<StepFile> newestFirst = new ArrayList<>(files.list());
        Collections.reverse(newestFirst);
        List<SavedCheckpoint> damaged = new ArrayList<>();
        @Nullable CheckpointFormatException first = null;
        for (StepFile file : newestFirst) {
            try {
                StateDict dict = read(file);
                LoadReport report =
                        whole.loadStateDict(dict, LoadOptions.strict().withPolicy(Policy.COPY));
                return Optional.of(new RestoredCheckpoint(SavedCheckpoint.of(file), report, List.copyOf(damaged)));
            } catch (CheckpointFormatException damage) {
                damaged.add(tell(file, damage));
                if (!options.allowsDamaged()) {
                    throw new CheckpointFormatException(
                            damage,
                            "it is the latest checkpoint; for the one before it, open with options.allowDamaged()");
                }
                first = first == null ? damage : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return Optional.empty();
    }

    /** Restores from one. */
    RestoredCheckpoint from(StepFile file, Parts whole, LoadOptions loading) throws IOException {
        try {
            LoadReport report = whole.loadStateDict(read(file), loading.withPolicy(Policy.COPY));
            return new RestoredCheckpoint(SavedCheckpoint.of(file), report, List.of());
        } catch (CheckpointFormatException damage) {
            tell(file, damage);
            throw damage;
        }
    }

    private static StateDict read(StepFile file) throws IOException {
        StateDict dict = Checkpoints.load(file.path());
        if (file.damage() != null) {
            throw new CheckpointFormatException(file.path(), new FormatException(file.damage()));
        }
        return dict;
    }

    private SavedCheckpoint tell(StepFile file, CheckpointFormatException damage) {
        String problem = String.valueOf(damage.getMessage());
        String place = file.path() + ": ";
        String what = problem.startsWith(place) ? problem.substring(place.length()) : problem;
        files.rememberDamage(file.path(), what);
        SavedCheckpoint told = SavedCheckpoint.of(file.damagedBy(what));
        options.listener().damaged(told);
        return told;
    }
}
