package dev.statedict.benchmark.bars;

import dev.statedict.benchmark.result.Quantity;
import dev.statedict.benchmark.result.Quantity.Limit;
import dev.statedict.benchmark.result.Quantity.Measured;
import dev.statedict.benchmark.result.Quantity.Quotient;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;

/**
 * A quantity at one size, and at ten times that.
 *
 * @param once at the size
 * @param tenfold at ten times the size
 */
record Sizes(Quantity once, Quantity tenfold) {
    /** What takes ten times as long for ten times as much. */
    static final Sizes LINEAR = new Sizes(new Limit(new Value(1, Unit.RATIO)), new Limit(new Value(10, Unit.RATIO)));

    Sizes(String once, String tenfold) {
        this(new Measured(once), new Measured(tenfold));
    }

    static Sizes torch(String measurement) {
        return new Sizes("torch." + measurement, "torch." + measurement + " x10");
    }

    Quantity growth() {
        return new Quotient(tenfold, once);
    }
}
