package dev.statedict.benchmark.result;

/**
 * A number and what it counts.
 *
 * @param number how many
 * @param unit of what
 */
public record Value(double number, Unit unit) {
    @Override
    public String toString() {
        return unit.format(number);
    }
}
