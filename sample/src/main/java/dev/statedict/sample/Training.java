package dev.statedict.sample;

import dev.statedict.Policy;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that has been trained.
 *
 * @param model as it was after the last epoch, until something is loaded into it
 * @param standardization of the images, fitted to the training rows
 * @param history every epoch
 * @param best the epoch of least validation loss
 * @param validation the rows that told which it is, standardised
 * @param test the rows not looked at so far, standardised
 */
record Training(
        LogisticRegression model,
        Standardization standardization,
        List<Epoch> history,
        BestEpoch best,
        Digits validation,
        Digits test) {

    /**
     * Trains, from the last epoch that was saved on, if any was; {@code task} says in words what is to be done, and {@code checkpoints}
     * is null when nothing is to be saved.
     *
     * @throws InputException when no epoch has a finite loss
     * @throws IOException when checkpoints cannot be read or written
     */
    static Training run(
            Digits digits,
            TrainingStart start,
            TrainingSettings settings,
            String task,
            @Nullable TrainingCheckpoints checkpoints,
            TrainingProgress progress)
            throws InputException, IOException {
        Digits raw = digits.select(start.split().training());
        Standardization standardization = Standardization.fit(raw.images());
        Digits training = standardization.apply(raw);
        Digits validation = standardization.apply(digits.select(start.split().validation()));
        Digits test = standardization.apply(digits.select(start.split().test()));

        LogisticRegression model = start.model();
        TrainingState state =
                new TrainingState(model, new GradientDescent(model, settings), start.random(), new TrainingLog(task));
        @Nullable BestEpoch best = checkpoints == null ? null : resume(state, checkpoints);
        while (state.descent().epoch < settings.epochs()) {
            state.descent().epoch(training.select(start.nextOrder()));
            Epoch epoch =
                    new Epoch(state.descent().epoch, Evaluation.of(model, training), Evaluation.of(model, validation));
            state.log().add(epoch);
            best = BestEpoch.better(best, epoch, model);
            if (checkpoints != null) {
                checkpoints.save(state, epoch);
            }
            progress.after(epoch);
        }
        if (best == null) {
            throw new InputException(
                    "training diverged: no epoch has a finite loss; give a smaller --learning-rate or --weight-decay");
        }
        return new Training(model, standardization, state.log().epochs(), best, validation, test);
    }

    /** Goes to the end of the last epoch that was saved, and gives the best so far. */
    private static @Nullable BestEpoch resume(TrainingState state, TrainingCheckpoints checkpoints) throws IOException {
        checkpoints.restore(state);
        @Nullable Epoch best = null;
        for (Epoch epoch : state.log().epochs()) {
            best = BestEpoch.isBetter(epoch, best) ? epoch : best;
        }
        return best == null
                ? null
                : new BestEpoch(
                        best,
                        state.model().stateDict(Policy.ALIAS),
                        checkpoints.best(best.number()).stateDict(Policy.COPY));
    }
}
