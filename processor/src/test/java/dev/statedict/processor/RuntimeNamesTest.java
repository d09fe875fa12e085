package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Policy;
import dev.statedict.StateAssigner;
import dev.statedict.processor.model.RuntimeNames;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the processor calls the runtime's types is what they are called; it cannot say so by class literals. */
class RuntimeNamesTest {
    @Test
    void eachNameIsThatOfAPublicTypeOfTheRuntime() throws Exception {
        Set<String> wrong = new TreeSet<>();
        for (Field constant : RuntimeNames.class.getFields()) {
            String name = (String) constant.get(null);
            if (!Set.of("ALL_ANNOTATIONS", "EXTRA_STATE_KEY").contains(constant.getName())
                    && !Modifier.isPublic(Class.forName(name).getModifiers())) {
                wrong.add(name);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyAnnotationOfTheRuntimeIsSupported() {
        assertThat(new StateDictProcessor().getSupportedAnnotationTypes())
                .containsExactly(Policy.class.getPackageName() + ".*");
    }

    @Test
    void extraStateHasTheRuntimesKey() {
        assertThat(RuntimeNames.EXTRA_STATE_KEY).isEqualTo(StateAssigner.EXTRA_STATE);
    }

    @Test
    void thePoliciesAreTheRuntimes() {
        assertThat(names(dev.statedict.processor.model.Policy.values()))
                .isEqualTo(names(Policy.values()).toList());
    }

    private static Stream<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name);
    }
}
