package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The build runs this in a JVM with the Vector API and in one without, as it does all tests of products. */
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64", disabledReason = "others have shorter vectors")
class VectorApiTest {
    @Test
    void isUsedByAJvmThatHasIt() {
        boolean given = Boolean.getBoolean("statedict.test.vectors");

        assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent())
                .isEqualTo(given);
        assertThat(VectorApi.VECTORS != null).isEqualTo(given);
    }
}
