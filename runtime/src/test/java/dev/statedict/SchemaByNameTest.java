package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The schema of a class that is not there: its resources are enough. */
class SchemaByNameTest {
    /** Finds schemas, and no class. */
    private static final class Schemas extends ClassLoader {
        private final Map<String, String> texts;

        Schemas(Map<String, String> texts) {
            super(null);
            this.texts = texts;
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            String text = texts.get(name);
            return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final ClassLoader schemas = new Schemas(Map.of(
            "META-INF/statedict/com.example.Net$Head.json", """
            {"module": "com.example.Net$Head", "version": 1, "members": [
              {"key": "fc", "kind": "submodule", "type": "Linear", "module": "com.example.Linear"}]}
            """, "META-INF/statedict/com.example.Linear.json", """
            {"module": "com.example.Linear", "version": 1, "members": [
              {"key": "weight", "kind": "parameter", "type": "Tensor", "shape": ["out", "in"]}]}
            """));

    @Test
    void itIsReadThroughSubmodules() {
        assertThat(StateDictSchema.of("com.example.Net$Head", schemas))
                .hasToString("Head\n  fc.weight: parameter Tensor [out, in]");
    }

    @Test
    void aClassWithoutOneIsNamed() {
        assertThatThrownBy(() -> StateDictSchema.of("com.example.Nte", schemas))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no META-INF/statedict/com.example.Nte.json on the class path of com.example.Nte;"
                        + " is it a @StateModule class, compiled with the statedict processor?");
    }
}
