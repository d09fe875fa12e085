package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.io.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a class of rows, numbers, a matrix class and views saves is what its twin in PyTorch loads, strictly, as {@code
 * load-adopted.py} did beside the files.
 */
class AdoptedInPytorchTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/statedict/processor/adopted");

    @TempDir
    Path directory;

    private Compiled compiled;
    private Stateful net;

    @BeforeEach
    void fill() throws IOException {
        compiled = Compiled.strictly(Files.readString(FOLDER.resolve("Net.java")));
        assertThat(compiled.messages()).isEmpty();
        net = fresh();
        net.loadStateDict(RandomValues.like(net.stateDict(), new Random(2013)));
    }

    private Stateful fresh() {
        return compiled.create(Stateful.class, "adopted.Net");
    }

    @ParameterizedTest
    @ValueSource(strings = {"adopted.pt", "adopted.safetensors"})
    void theFileThatPytorchLoadedIsTheOneThatIsSaved(String name) throws IOException {
        Checkpoints.save(directory.resolve(name), net.stateDict());

        assertThat(directory.resolve(name)).hasSameBinaryContentAs(FOLDER.resolve(name));
    }

    @Test
    void pytorchPrintsTheKeysShapesAndValuesThatWePrint() throws IOException {
        String printed = net.stateDict().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());

        assertThat(FOLDER.resolve("printed.txt")).hasContent(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"by-pytorch.pt", "by-pytorch.safetensors"})
    void whatPytorchSavedOfItsModuleIsLoadedToTheLastBit(String name) throws IOException {
        StateDict saved = Checkpoints.load(FOLDER.resolve(name));
        Stateful fresh = fresh();

        fresh.loadStateDict(saved);

        assertThat(fresh.stateDict().contentEquals(net.stateDict())).isTrue();
        assertThat(fresh).usingRecursiveComparison().isEqualTo(net);
    }
}
