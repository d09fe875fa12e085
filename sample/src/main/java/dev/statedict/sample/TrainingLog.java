package dev.statedict.sample;

import dev.statedict.ExtraState;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a training was asked to do, and how its model did after each epoch so far: texts, which are exact and travel as extra state. */
@StateModule(stateDict = Policy.COPY)
final class TrainingLog implements TrainingLogState {
    private static final String TASK = "task";

    @ExtraState
    Map<String, String> texts; // the task, and by number of the epoch its losses and accuracies

    /** The log of a training that has done nothing yet. */
    TrainingLog(String task) {
        texts = Map.of(TASK, task);
    }

    String task() {
        return task(texts);
    }

    /** What a log that was saved says the training was asked to do. */
    static String task(Map<?, ?> texts) {
        return String.valueOf(texts.get(TASK));
    }

    List<Epoch> epochs() {
        List<Epoch> epochs = new ArrayList<>();
        for (int number = 1; number < texts.size(); number++) {
            double[] numbers = Arrays.stream(
                            texts.getOrDefault(Integer.toString(number), "").split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            epochs.add(
                    new Epoch(number, new Evaluation(numbers[0], numbers[1]), new Evaluation(numbers[2], numbers[3])));
        }
        return epochs;
    }

    void add(Epoch epoch) {
        Map<String, String> more = new LinkedHashMap<>(texts);
        more.put(
                Integer.toString(epoch.number()),
                epoch.training().loss() + " " + epoch.training().accuracy() + " "
                        + epoch.validation().loss() + " " + epoch.validation().accuracy());
        texts = more;
    }
}
