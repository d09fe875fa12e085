package dev.statedict.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.json.JsonException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaJsonTest {
    private static final ClassSchema SCHEMA = new ClassSchema(
            "com.example.Net$Block",
            3,
            true,
            "com.example.Base",
            List.of(
                    new MemberSchema(
                            "weight",
                            MemberKind.PARAMETER,
                            "Tensor",
                            null,
                            false,
                            false,
                            true,
                            List.of("out", "in"),
                            List.of("w", "kernel"),
                            "embed.weight",
                            2),
                    new MemberSchema(
                            "layers",
                            MemberKind.SUBMODULE,
                            "List<Block>",
                            "com.example.Block",
                            true,
                            true,
                            false,
                            List.of(),
                            List.of(),
                            null,
                            1)),
            List.of("position_*"));

    private static final String JSON = """
            {
              "module": "com.example.Net$Block",
              "version": 3,
              "migrates": true,
              "superclass": "com.example.Base",
              "members": [
                {
                  "key": "weight",
                  "kind": "parameter",
                  "type": "Tensor",
                  "shape": [
                    "out",
                    "in"
                  ],
                  "formerly": [
                    "w",
                    "kernel"
                  ],
                  "tiedTo": "embed.weight",
                  "addedIn": 2
                },
                {
                  "key": "layers",
                  "kind": "submodule",
                  "type": "List<Block>",
                  "module": "com.example.Block",
                  "container": true,
                  "optional": true,
                  "persistent": false,
                  "shape": []
                }
              ],
              "retired": [
                "position_*"
              ]
            }
            """;

    @Test
    void isReadableAndLeavesDefaultsOut() {
        assertThat(SchemaJson.write(SCHEMA)).isEqualTo(JSON);
    }

    @Test
    void readsWhatItWrites() throws IOException {
        assertThat(SchemaJson.read(JSON)).isEqualTo(SCHEMA);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> SchemaJson.read("{\"module\": \"A\", \"novelty\": 1}"))
                .isInstanceOf(JsonException.class)
                .hasMessage("this version of statedict does not know \"novelty\" in a schema");
        assertThatThrownBy(
                        () -> SchemaJson.read("{\"module\": \"A\", \"members\": [{\"key\": \"a\", \"kind\": \"b\"}]}"))
                .hasMessage("there is no kind \"b\"");
        assertThatThrownBy(() -> SchemaJson.read("{\"module\": \"A\", \"version\": 4294967297}"))
                .hasMessage("4294967297 is no version");
        assertThatThrownBy(() -> SchemaJson.read("{}")).hasMessage("\"module\" is missing");
    }
}
