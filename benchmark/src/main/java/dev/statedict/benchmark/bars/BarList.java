package dev.statedict.benchmark.bars;

import dev.statedict.benchmark.result.Bar;
import dev.statedict.benchmark.result.Bar.Comparison;
import dev.statedict.benchmark.result.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Bars as they are told, of which those of growth come last. */
final class BarList {
    private static final double GROWTH = 1.25;

    private final List<Bar> bars = new ArrayList<>();
    private final List<Bar> growths = new ArrayList<>();

    /** Ours takes at most so many times what the peer takes. */
    void costAtMost(double target, String name, Quantity ours, Quantity peer) {
        bars.add(new Bar(name, ours, peer, Comparison.COST_AT_MOST, target));
    }

    /** The same at one size, and ours grows as the peer does. */
    void costAtMost(double target, String name, Sizes ours, Sizes peer) {
        costAtMost(target, name, ours.once(), peer.once());
        growth(name, ours, peer);
    }

    /** Ours is at least so many times as fast as the peer. */
    void speedAtLeast(double target, String name, Quantity ours, Quantity peer) {
        bars.add(new Bar(name, ours, peer, Comparison.SPEED_AT_LEAST, target));
    }

    /** Ours grows as the peer does, when the size is tenfold. */
    void growth(String name, Sizes ours, Sizes peer) {
        growths.add(new Bar("growth/" + name, ours.growth(), peer.growth(), Comparison.COST_AT_MOST, GROWTH));
    }

    List<Bar> all() {
        return Stream.concat(bars.stream(), growths.stream()).toList();
    }
}
