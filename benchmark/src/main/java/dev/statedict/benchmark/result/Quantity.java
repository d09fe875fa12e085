package dev.statedict.benchmark.result;

import java.util.Optional;
import java.util.stream.Stream;

/** What a bar compares: a measurement, a limit, or what follows from several. */
public sealed interface Quantity {
    /**
     * Reads it off the measurements.
     *
     * @param measurements what was measured
     * @return its value, or nothing if one of its measurements is missing
     */
    Optional<Value> in(Measurements measurements);

    /** {@return the names of the measurements that it needs} */
    Stream<String> names();

    /**
     * A measurement.
     *
     * @param name its name
     */
    record Measured(String name) implements Quantity {
        @Override
        public Optional<Value> in(Measurements measurements) {
            return measurements.get(name);
        }

        @Override
        public Stream<String> names() {
            return Stream.of(name);
        }
    }

    /**
     * A limit that nobody needs to measure.
     *
     * @param value the limit
     */
    record Limit(Value value) implements Quantity {
        @Override
        public Optional<Value> in(Measurements measurements) {
            return Optional.of(value);
        }

        @Override
        public Stream<String> names() {
            return Stream.empty();
        }
    }

    /**
     * One quantity without another.
     *
     * @param whole with it
     * @param part what is taken away
     */
    record Difference(Quantity whole, Quantity part) implements Quantity {
        @Override
        public Optional<Value> in(Measurements measurements) {
            return whole.in(measurements)
                    .flatMap(a -> part.in(measurements).map(b -> new Value(a.number() - b.number(), a.unit())));
        }

        @Override
        public Stream<String> names() {
            return Stream.concat(whole.names(), part.names());
        }
    }

    /**
     * One of so many equal shares of a quantity.
     *
     * @param whole of what
     * @param shares how many
     */
    record Share(Quantity whole, int shares) implements Quantity {
        @Override
        public Optional<Value> in(Measurements measurements) {
            return whole.in(measurements).map(value -> new Value(value.number() / shares, value.unit()));
        }

        @Override
        public Stream<String> names() {
            return whole.names();
        }
    }

    /**
     * How often one quantity goes into another.
     *
     * @param dividend what it goes into
     * @param divisor what goes into it
     */
    record Quotient(Quantity dividend, Quantity divisor) implements Quantity {
        @Override
        public Optional<Value> in(Measurements measurements) {
            return dividend.in(measurements)
                    .flatMap(a -> divisor.in(measurements).map(b -> new Value(a.number() / b.number(), Unit.RATIO)));
        }

        @Override
        public Stream<String> names() {
            return Stream.concat(dividend.names(), divisor.names());
        }
    }
}
