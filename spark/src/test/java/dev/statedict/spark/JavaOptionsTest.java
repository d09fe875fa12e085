package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class JavaOptionsTest {
    @Test
    void theBuildGivesTheOptionsThatSparksLauncherGives() {
        assertThat(List.of(System.getProperty("statedict.spark.java.options")
                        .strip()
                        .split("\\s+")))
                .containsExactly(JavaModuleOptions.defaultModuleOptionArray());
    }
}
