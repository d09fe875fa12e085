package com.example;

import dev.statedict.io.CheckpointCheck;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    @Test
    void theReleasedWeightsStillLoad() {
        CheckpointCheck.check(Net.class, Path.of("weights.safetensors"));
    }
}
