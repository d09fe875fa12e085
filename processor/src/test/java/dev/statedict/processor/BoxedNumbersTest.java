package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import org.junit.jupiter.api.Test;

/** Boxed numbers, as textbook code has them, are entries without dimensions. */
class BoxedNumbersTest {
    private static Stateful net(String members) {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                @StateModule
                public class Net implements NetState {
                    public Net() {}
                %s
                }
                """.formatted(members.indent(4))));
        assertThat(compiled.messages()).isEmpty();
        return compiled.create(Stateful.class, "example.Net");
    }

    private static StateDict filled(Stateful net, int value) {
        StateDict filled = net.stateDict(Policy.COPY);
        filled.values().forEach(tensor -> tensor.fill(value));
        return filled;
    }

    @Test
    void areReadAndLoadedWhereverTheyStand() {
        Stateful net = net("""
                @Parameter Double rate = 0.5;
                @Parameter Float none = null;
                @Buffer Long steps = 3L;
                @Buffer Boolean frozen = true;
                @Parameter Optional<Double> maybe = Optional.of(0.25);
                @Buffer Optional<Integer> count = Optional.of(2);
                @Parameter final List<Double> list = new ArrayList<>(Arrays.asList(1.0, null, 3.0));
                @Parameter final Double[] array = {4.0};
                @Buffer final Map<String, Integer> named = new TreeMap<>(Map.of("a", 5));
                """);

        StateDict dict = net.stateDict();

        assertThat(dict.keySet())
                .containsExactly("rate", "maybe", "steps", "frozen", "count", "list.0", "list.2", "array.0", "named.a");
        assertThat(dict.get("list.2").getDouble()).isEqualTo(3);
        assertThat(dict.role("list.2")).isEqualTo(Role.PARAMETER);
        assertThat(dict.role("named.a")).isEqualTo(Role.COUNTER);
        assertThat(dict.role("count")).isEqualTo(Role.COUNTER);
        for (Policy policy : Policy.values()) {
            StateDict filled = filled(net, policy.ordinal());
            net.loadStateDict(filled, policy);
            assertThat(net.stateDict().contentEquals(filled)).as(policy.name()).isTrue();
        }
    }

    @Test
    void inAnUnmodifiableContainerAreToldBeforeAnythingIsWritten() {
        Stateful net = net("""
                @Parameter double first = 1;
                @Parameter final List<Double> list = List.of(1.0);
                """);

        assertThatThrownBy(() -> net.loadStateDict(filled(net, 7)))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining(
                        "The number \"list.0\" has no storage to copy into, and its container is unmodifiable:"
                                + " keep it in one that can be written to, such as an ArrayList.");
        assertThat(net.stateDict().get("first").getDouble()).isEqualTo(1);
    }
}
