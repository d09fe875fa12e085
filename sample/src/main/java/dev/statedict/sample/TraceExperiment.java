package dev.statedict.sample;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/**
 * Who follows whom between a model and its state dict? In PyTorch the experiment reads:
 *
 * <pre>{@code
 * a = model.state_dict()
 * print(model.state_dict()); print(a)
 * for p in model.parameters(): p.data[0] = 123
 * print(model.state_dict()); print(a)
 * model.load_state_dict(a)
 * print(model.state_dict()); print(a)
 * for k in a: a[k][1] = 456
 * print(model.state_dict()); print(a)
 * }</pre>
 *
 * <p>That cannot tell what loading does, for a dict that aliases the model needs no loading to be followed. So a second
 * model, silent, loads {@code a} too.
 *
 * @param stateDict the policy of taking the dict
 * @param loadStateDict the policy of loading it
 * @param printed the model's state and the dict, four times
 * @param dictFollowedModel whether the dict showed what was written to the model
 * @param modelFollowedDict whether the model showed what was written to the dict
 * @param otherFollowedDict whether a second model, which had loaded the dict, showed what was written to it
 */
record TraceExperiment(
        Policy stateDict,
        Policy loadStateDict,
        List<String> printed,
        boolean dictFollowedModel,
        boolean modelFollowedDict,
        boolean otherFollowedDict) {
    /** What had been done each time that model and dict were printed. */
    static final List<String> STEPS = List.of(
            "at first",
            "after 123 was written to the model's first row",
            "after the dict was loaded",
            "after 456 was written to the dict's second row");

    static TraceExperiment run(Policy stateDict, Policy loadStateDict) {
        LogisticRegression model = new LogisticRegression(new Linear(
                Tensor.wrap(new float[] {-0.2181f, 0.4883f, -0.3931f, 0.3060f}, 2, 2),
                Tensor.wrap(new float[] {0.2015f, -0.1971f}, 2)));
        LogisticRegression other = LogisticRegression.random(2, 2, new Random(0));
        List<String> printed = new ArrayList<>();

        StateDict dict = model.stateDict(stateDict);
        print(model, dict, printed);
        fill(model.parameters(), 0, 123);
        print(model, dict, printed);
        boolean dictFollowedModel = show(dict.values(), 0, 123);
        model.loadStateDict(dict, loadStateDict);
        other.loadStateDict(dict, loadStateDict);
        print(model, dict, printed);
        fill(dict.values(), 1, 456);
        print(model, dict, printed);
        return new TraceExperiment(
                stateDict,
                loadStateDict,
                List.copyOf(printed),
                dictFollowedModel,
                show(model.parameters(), 1, 456),
                show(other.parameters(), 1, 456));
    }

    /** The outcome in a sentence of two lines. */
    List<String> inWords() {
        return List.of(
                "the dict " + followed(dictFollowedModel) + " the model; the model " + followed(modelFollowedDict)
                        + " the dict;",
                "a second model that had loaded it " + followed(otherFollowedDict) + " it");
    }

    private static String followed(boolean answer) {
        return answer ? "followed" : "did not follow";
    }

    private static void print(LogisticRegression model, StateDict dict, List<String> printed) {
        printed.add(model.stateDict(Policy.COPY).toString());
        printed.add(dict.toString());
    }

    private static void fill(Collection<Tensor> tensors, int row, float value) {
        tensors.forEach(tensor -> tensor.select(0, row).fill(value));
    }

    private static boolean show(Collection<Tensor> tensors, int row, float value) {
        return tensors.stream().allMatch(tensor -> {
            Tensor written = tensor.select(0, row);
            Tensor expected = Tensor.zeros(written.shape());
            expected.fill(value);
            return written.contentEquals(expected);
        });
    }
}
