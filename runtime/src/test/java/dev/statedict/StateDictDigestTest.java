package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.Tensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateDictDigestTest {
    private static StateDictBuilder base() {
        return StateDict.builder().put("w", tensor(1, 2)).put("b", tensor(3));
    }

    @Test
    void itIsTheSameOnEveryMachine() {
        assertThat(base().extraState("fc", "note").build().digest())
                .isEqualTo("b6f6d3d39b801e21935e738f9768b2f095d11df9a9aa0482cc4d851c6f6c1c9c");
    }

    @Test
    void itDoesNotDependOnOrderPolicyRolesStoredTypesOrLayout() {
        Tensor spread = Tensor.strided(new float[] {9, 1, 9, 2}, 1, new int[] {2}, new int[] {2});
        StateDict other = StateDict.builder()
                .put("b", tensor(3), Role.BUFFER, StoredType.F16)
                .put("w", spread)
                .build();
        StateDict live = Modules.visiting(visitor -> {
                    visitor.parameter("w", tensor(1, 2));
                    visitor.buffer("b", tensor(3));
                })
                .stateDict();

        assertThat(other.digest()).isEqualTo(base().build().digest());
        assertThat(live.digest()).isEqualTo(base().build().digest());
        assertThat(live.copy().digest()).isEqualTo(base().build().digest());
    }

    @Test
    void itDoesNotDependOnTheOrderOfExtraState() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("x", "1");
        one.put("y", "2");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("y", "2");
        other.put("x", "1");

        assertThat(base().extraState("a", one).extraState("b", "n").build().digest())
                .isEqualTo(base().extraState("b", "n")
                        .extraState("a", other)
                        .build()
                        .digest());
    }

    @Test
    void allNaNsAreOneAsInContentEquals() {
        StateDict one = StateDict.of(Map.of("w", tensor(Float.NaN)));
        StateDict other = StateDict.of(Map.of("w", tensor(Float.intBitsToFloat(0x7fc0_1234))));

        assertThat(one.contentEquals(other)).isTrue();
        assertThat(one.digest()).isEqualTo(other.digest());
    }

    @Test
    void whateverDiffersInContentDiffersInDigest() {
        List<StateDict> dicts = List.of(
                StateDict.builder().build(),
                base().build(),
                base().put("c", Tensor.zeros(0)).build(),
                base().put("c", Tensor.zeros(0, 1)).build(),
                base().put("c", tensor(0f)).build(),
                base().put("c", tensor(-0f)).build(),
                base().put("c", Tensor.scalar(0)).build(),
                StateDict.builder().put("w", tensor(1)).put("b", tensor(2, 3)).build(),
                StateDict.builder().put("wb", tensor(1, 2, 3)).build(),
                StateDict.builder().put("w", Tensor.zeros(2, 3)).build(),
                StateDict.builder().put("w", Tensor.zeros(3, 2)).build(),
                base().extraState("", (String) null).build(),
                base().extraState("", "").build(),
                base().extraState("", Map.of()).build(),
                base().extraState("", "x").build(),
                base().extraState("x", "").build(),
                base().extraState("", Map.of("x", "y")).build(),
                base().extraState("", Map.of("xy", "")).build(),
                base().version("", 2).build(),
                base().version("fc", 2).build());
        Set<String> digests = new HashSet<>();
        dicts.forEach(dict -> digests.add(dict.digest()));

        assertThat(digests).hasSameSizeAs(dicts).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    }

    @Test
    void aTensorLargerThanTheBufferIsHashedWhole() {
        float[] elements = new float[100_000];
        StateDict one = StateDict.of(Map.of("w", Tensor.copyOf(elements, 100_000)));
        elements[99_999] = 1;
        StateDict other = StateDict.of(Map.of("w", Tensor.copyOf(elements, 100_000)));

        assertThat(one.digest()).isNotEqualTo(other.digest());
    }
}
