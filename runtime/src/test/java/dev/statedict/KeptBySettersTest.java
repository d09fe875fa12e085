package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a setter is given must be what is read back: the same elements, if not the same object. */
class KeptBySettersTest {
    /** A module with one member, behind a setter that makes of what it is given what it will. */
    private static final class Net implements Stateful {
        private final String name;
        private final Tensor given;
        private final UnaryOperator<Object> kept;
        private Object value;

        Net(String name, Object value, Tensor given, UnaryOperator<Object> kept) {
            this.name = name;
            this.value = value;
            this.given = given;
            this.kept = kept;
        }

        @Override
        public void visitState(StateVisitor visitor) {
            if (value instanceof Tensor tensor) {
                visitor.parameter("w", tensor);
            } else if (value instanceof float[] array) {
                visitor.parameter("w", array);
            } else if (value instanceof float[][] rows) {
                visitor.parameter("w", rows);
            } else {
                visitor.parameter("w", ((Optional<?>) value).map(Tensor.class::cast));
            }
        }

        @Override
        public void assignState(StateAssigner assigner) {
            assigner.<Object>setter("w", () -> value, other -> value = kept.apply(other));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Tensor rows(int count) {
        return Tensor.wrap(new float[count][2]);
    }

    private static Stream<Net> keeping() {
        return Stream.of(
                new Net("a tensor", tensor(1), tensor(2), given -> given),
                new Net("a view of all of it", tensor(1), tensor(2), given -> ((Tensor) given).narrow(0, 0, 1)),
                new Net("a copy of no elements", tensor(), tensor(), given -> ((Tensor) given).copy()),
                new Net("an array", new float[1], tensor(2), given -> given),
                new Net("a copy of an empty array", new float[0], tensor(), given -> ((float[]) given).clone()),
                new Net(
                        "the rows in an array of its own",
                        new float[2][2],
                        rows(2),
                        given -> ((float[][]) given).clone()),
                new Net("what may be there", Optional.of(tensor(1)), tensor(2), given -> Optional.of(value(given))),
                new Net(
                        "a view of what may be there",
                        Optional.of(tensor(1)),
                        tensor(2),
                        given -> Optional.of(value(given).narrow(0, 0, 1))));
    }

    private static Tensor value(Object optional) {
        return (Tensor) ((Optional<?>) optional).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("keeping")
    void whatIsKeptIsLoaded(Net net) {
        LoadReport report = net.loadStateDict(Map.of("w", net.given), Policy.ALIAS);

        assertThat(report.applied()).containsExactly("w");
        assertThat(net.stateDict().get("w").contentEquals(net.given)).isTrue();
    }

    private static float[][] withItsLastRowCopied(float[][] rows) {
        float[][] others = rows.clone();
        others[rows.length - 1] = rows[rows.length - 1].clone();
        return others;
    }

    private static Stream<Net> copying() {
        return Stream.of(
                new Net("a copy", tensor(1), tensor(2), given -> ((Tensor) given).copy()),
                new Net("a copied array", new float[1], tensor(2), given -> ((float[]) given).clone()),
                new Net("one copied row", new float[2][2], rows(2), given -> withItsLastRowCopied((float[][]) given)),
                new Net(
                        "a copy, maybe",
                        Optional.of(tensor(1)),
                        tensor(2),
                        given -> Optional.of(value(given).copy())));
    }

    private static Stream<Net> losing() {
        return Stream.of(
                new Net("a part", tensor(1, 1), tensor(2, 3), given -> ((Tensor) given).narrow(0, 0, 1)),
                new Net("none of no elements, in another shape", tensor(), tensor(), given -> Tensor.zeros(0, 2)),
                new Net("another kind", tensor(1), tensor(2), given -> ((Tensor) given).toArray()),
                new Net("an array made empty", new float[1], tensor(2), given -> new float[0]),
                new Net("a row less", new float[2][2], rows(2), given -> Arrays.copyOf((float[][]) given, 1)),
                new Net("none", Optional.of(tensor(1)), tensor(2), given -> Optional.empty()));
    }

    private static void isRefused(Net net, String outcome) {
        assertThatThrownBy(() -> net.loadStateDict(Map.of("w", net.given), Policy.ALIAS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage("Assigning \"w\" did not last: what was given is not what is read back, as where one of the"
                        + " two is a copy; let the setter keep what it is given, and the accessor return it. The load was"
                        + " undone" + outcome);
    }

    @ParameterizedTest
    @MethodSource("copying")
    void aCopyIsAnErrorAndUndoneByAnEqual(Net net) {
        isRefused(net, ": the module is as it was.");
    }

    @ParameterizedTest
    @MethodSource("losing")
    void whatIsLostIsAnErrorAndCannotBeUndone(Net net) {
        isRefused(
                net,
                ", but what a setter put in place of \"w\" cannot be set back: the rest of the module is as it was.");
    }
}
