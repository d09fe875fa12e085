package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statedict.StateModule;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearTest {
    /** A module class of the tests, whose interface is generated among them. */
    @StateModule
    static final class Pair implements LinearTest_PairState {
        final Linear first = new Linear();
        final Linear second = new Linear();
    }

    @Test
    void aModuleOfTheTestsHoldsModulesOfTheProgram() {
        assertEquals(
                List.of("first.weight", "first.bias", "second.weight", "second.bias"),
                List.copyOf(new Pair().stateDict().keySet()));
    }
}
