package dev.statedict.io.manager;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which checkpoints stay: those that any of the rules keeps, and the latest; all where there is no rule. Those that are damaged count for nothing,
 * as they can replace nothing, and are left for whoever wants to look at them.
 *
 * @param last how many of the greatest steps, 0 for no such rule
 * @param best how many of the best, 0 for no such rule
 * @param metric by what they are the best
 * @param maximize whether more is better
 * @param every each step that this divides, 0 for no such rule
 * @param younger those that are not older
 */
public record Retention(
        int last,
        int best,
        @Nullable String metric,
        boolean maximize,
        long every,
        @Nullable Duration younger) {
    /** Everything stays. */
    public static final Retention ALL = new Retention(0, 0, null, false, 0, null);

    /**
     * With the rule of the last.
     *
     * @param count how many
     * @return these rules and that one
     */
    public Retention withLast(int count) {
        return new Retention(count, best, metric, maximize, every, younger);
    }

    /**
     * With the rule of the best.
     *
     * @param count how many
     * @param by the metric
     * @param more whether more is better
     * @return these rules and that one
     */
    public Retention withBest(int count, String by, boolean more) {
        return new Retention(last, count, by, more, every, younger);
    }

    /**
     * With the rule of each so many steps.
     *
     * @param steps what divides the steps
     * @return these rules and that one
     */
    public Retention withEvery(long steps) {
        return new Retention(last, best, metric, maximize, steps, younger);
    }

    /**
     * With the rule of age.
     *
     * @param age the greatest
     * @return these rules and that one
     */
    public Retention withYounger(Duration age) {
        return new Retention(last, best, metric, maximize, every, age);
    }

    /**
     * Those that go.
     *
     * @param files all there are, by step
     * @param saved the step just saved, which stays
     * @param now the time
     * @return those to be deleted, by step
     */
    public List<StepFile> superfluous(List<StepFile> files, long saved, Instant now) {
        if (last == 0 && best == 0 && every == 0 && younger == null) {
            return List.of();
        }
        List<StepFile> whole = new ArrayList<>(files);
        whole.removeIf(file -> file.damage() != null);
        Set<StepFile> kept = new HashSet<>(whole.subList(Math.max(0, whole.size() - Math.max(last, 1)), whole.size()));
        List<StepFile> ranked = ranked(whole);
        kept.addAll(ranked.subList(0, Math.min(best, ranked.size())));
        List<StepFile> superfluous = new ArrayList<>();
        for (StepFile file : whole) {
            boolean divided = every > 0 && file.step() % every == 0;
            // a time in the future, for the clock went back, is young
            boolean young = younger != null && !file.time().isBefore(now.minus(younger));
            if (!(file.pinned() || file.step() == saved || divided || young || kept.contains(file))) {
                superfluous.add(file);
            }
        }
        return superfluous;
    }

    /**
     * The best of all.
     *
     * @param files all there are, by step
     * @return the first of those that none surpasses; none where nothing was measured
     */
    public Optional<StepFile> best(List<StepFile> files) {
        return ranked(files).stream().findFirst();
    }

    /** The best first; of equals, the earlier. What is not measured, or NaN, is not among them. */
    private List<StepFile> ranked(List<StepFile> files) {
        List<StepFile> ranked = new ArrayList<>(files);
        ranked.removeIf(file -> file.damage() != null || Double.isNaN(value(file)));
        // -0.0 and 0.0 are equally good
        Comparator<StepFile> ascending = Comparator.comparingDouble(file -> value(file) + 0.0);
        ranked.sort(maximize ? Collections.reverseOrder(ascending) : ascending);
        return ranked;
    }

    private double value(StepFile file) {
        return metric == null ? Double.NaN : file.metrics().getOrDefault(metric, Double.NaN);
    }
}
