package dev.statedict.sample;

import java.util.ArrayList;
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

    static Training run(Digits digits, TrainingStart start, TrainingSettings settings, TrainingProgress progress)
            throws InputException {
        Digits raw = digits.select(start.split().training());
        Standardization standardization = Standardization.fit(raw.images());
        Digits training = standardization.apply(raw);
        Digits validation = standardization.apply(digits.select(start.split().validation()));
        Digits test = standardization.apply(digits.select(start.split().test()));

        LogisticRegression model = start.model();
        GradientDescent descent = new GradientDescent(model, settings);
        List<Epoch> history = new ArrayList<>();
        @Nullable BestEpoch best = null;
        for (int number = 1; number <= settings.epochs(); number++) {
            descent.epoch(training.select(start.nextOrder()));
            Epoch epoch = new Epoch(number, Evaluation.of(model, training), Evaluation.of(model, validation));
            history.add(epoch);
            best = BestEpoch.better(best, epoch, model);
            progress.after(epoch);
        }
        if (best == null) {
            throw new InputException(
                    "training diverged: no epoch has a finite loss; give a smaller --learning-rate or --weight-decay");
        }
        return new Training(model, standardization, List.copyOf(history), best, validation, test);
    }
}
