package dev.statedict.benchmark.result;

import java.util.List;
import java.util.stream.Stream;

/**
 * A bar to come up to, or to stay below.
 *
 * @param name what the bar is about, then perhaps a slash and what tells it from others on that
 * @param ours what we take
 * @param peer what the peer or the limit takes
 * @param comparison how the two become a ratio
 * @param target what that ratio is held against
 */
public record Bar(String name, Quantity ours, Quantity peer, Comparison comparison, double target) {
    /** How two quantities become a ratio, and which ratios are good. */
    public enum Comparison {
        /** Ours by the peer's: no more than the target. */
        COST_AT_MOST,
        /** Our speed by the peer's, so the peer's time by ours: no less than the target. */
        SPEED_AT_LEAST
    }

    /**
     * Holds the measurements against this bar.
     *
     * @param measurements what was measured
     * @return what came out
     */
    public Verdict judge(Measurements measurements) {
        return ratio().in(measurements)
                .map(Value::number)
                .filter(Double::isFinite)
                .map(ratio -> new Verdict(this, ratio, isMetBy(ratio) ? Verdict.Word.OK : Verdict.Word.SHORT))
                .orElseGet(() -> new Verdict(this, Double.NaN, Verdict.Word.MISSING));
    }

    private Quantity ratio() {
        return comparison == Comparison.COST_AT_MOST
                ? new Quantity.Quotient(ours, peer)
                : new Quantity.Quotient(peer, ours);
    }

    private boolean isMetBy(double ratio) {
        return comparison == Comparison.COST_AT_MOST ? ratio <= target : ratio >= target;
    }

    /**
     * Tells whether this bar was asked for.
     *
     * @param names names of bars, with or without what follows the slash; none asks for all
     * @return whether this is one of them
     */
    public boolean isAmong(List<String> names) {
        return names.isEmpty()
                || names.stream().anyMatch(wanted -> name.equals(wanted) || name.startsWith(wanted + '/'));
    }

    /** {@return the names of the measurements that this bar needs} */
    public Stream<String> measurements() {
        return Stream.concat(ours.names(), peer.names());
    }
}
