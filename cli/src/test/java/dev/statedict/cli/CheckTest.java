package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
    private static final String LOADS = "model.safetensors loads into Transformer\n  <All keys matched successfully>\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"classes", "classes/META-INF/statedict"})
    void aClassOutputOrADirectoryOfLocksHasTheSchema(String schemas) {
        assertThat(CommandRun.of("check", "model.safetensors", "--schema", schemas))
                .isEqualTo(new CommandRun(0, LOADS, ""));
    }

    @Test
    void aClassIsFoundOnAClassPathOfJarsWithoutBeingLoaded() throws IOException {
        Path jar = directory.resolve("model.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream stream = new JarOutputStream(file);
                Stream<Path> schemas = Files.list(Path.of("classes/META-INF/statedict"))) {
            for (Path schema : schemas.toList()) {
                stream.putNextEntry(new JarEntry("META-INF/statedict/" + schema.getFileName()));
                Files.copy(schema, stream);
            }
        }

        assertThat(CommandRun.of(
                        "check",
                        "model.safetensors",
                        "--class",
                        "com.example.Transformer",
                        "--class-path",
                        jar.toString()))
                .isEqualTo(new CommandRun(0, LOADS, ""));
    }

    @Test
    void whatKeepsAFileFromLoadingIsTold() {
        assertThat(CommandRun.of("check", "finetuned.safetensors", "--schema", "classes"))
                .isEqualTo(new CommandRun(1, """
                        finetuned.safetensors does not load into Transformer
                          Missing key(s) in state_dict: "steps", "head.weight".
                          Unexpected key(s) in state_dict: "head.bias".
                          size mismatch for norm.bias: the stored shape is [8], the declared shape is [width] with {width=16}.
                        """, ""));
    }

    @Test
    void whatIsNotGivenOrNotThereIsNamed() throws IOException {
        assertComplaint(
                "there is nothing to check against; give --schema DIR, or --class NAME", "check", "model.safetensors");
        assertComplaint(
                "nowhere is no directory; give --schema a class output, or a directory of locks",
                "check",
                "model.safetensors",
                "--schema",
                "nowhere");
        assertComplaint(
                directory + " has no schema; give --schema a class output, or a directory of locks",
                "check",
                "model.safetensors",
                "--schema",
                directory.toString());
        assertComplaint(
                "there is no META-INF/statedict/com.example.Transfomer.json on the class path of com.example.Transfomer; is"
                        + " it a @StateModule class, compiled with the statedict processor?",
                "check",
                "model.safetensors",
                "--schema",
                "classes",
                "--class",
                "com.example.Transfomer");
        assertComplaint(
                "no such directory or jar: target/classes; give --class-path what has the classes",
                "check",
                "model.safetensors",
                "--class",
                "com.example.Transformer");
    }

    @Test
    void ofSeveralModelsOneMustBeNamed() throws IOException {
        for (String name : new String[] {"a.Decoder", "a.Encoder"}) {
            Files.writeString(
                    directory.resolve(name + ".json"),
                    "{\"module\": \"" + name + "\", \"version\": 1, \"members\": []}");
        }

        assertComplaint(
                directory + " has several models; give --class one of: a.Decoder, a.Encoder",
                "check",
                "model.safetensors",
                "--schema",
                directory.toString());
    }
}
