package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Offsets are those that Python's {@code pickletools} tells of the same files. */
class PickleScanTest {
    @TempDir
    Path directory;

    private PickleScan scanned(byte[] content) throws IOException {
        return PickleScan.of(Files.write(directory.resolve("scanned.pt"), content));
    }

    private PickleScan scannedPickle(String pickle) throws IOException {
        return scanned(Archive.of(pickle));
    }

    @ParameterizedTest
    @CsvSource({"0, 182", "1, 185", "2, 158", "3, 118", "4, 118", "5, 118"})
    void aCallIsFoundInEveryProtocol(int protocol, long offset) throws IOException {
        PickleScan scan = PickleScan.of(Fixtures.copy("payload-" + protocol + ".pkl", directory));

        assertThat(scan.isPlain()).isFalse();
        assertThat(scan.problems()).isEmpty();
        assertThat(scan.globals())
                .contains(new PickleScan.Global(
                        "", offset, "posix", "system", false, 1, "posix.system('echo executed',)"));
    }

    @Test
    void thePickleOfAnArchiveIsNamed() throws IOException {
        PickleScan scan = PickleScan.of(Fixtures.copy("payload-4.pt", directory));

        assertThat(scan.globals())
                .extracting(PickleScan.Global::toString)
                .containsExactly(
                        "torch._utils._rebuild_tensor_v2 at offset 59 of payload-4/data.pkl, called 1 time:"
                                + " torch._utils._rebuild_tensor_v2(..., 0, (2,), (1,), False, ...)",
                        "torch.FloatStorage at offset 96 of payload-4/data.pkl",
                        "collections.OrderedDict at offset 152 of payload-4/data.pkl, called 1 time:"
                                + " collections.OrderedDict()",
                        "posix.system at offset 188 of payload-4/data.pkl, called 1 time: posix.system('echo"
                                + " executed',)");
        assertThat(scan.globals()).extracting(PickleScan.Global::isPlain).containsExactly(true, true, true, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tensors-2.13.pt", "checkpoint-2.13.pt", "legacy-2.13.pt", "tensors-1.13.pt", "legacy-1.13.pt"})
    void whatPytorchSavesOfTensorsIsPlain(String name) throws IOException {
        PickleScan scan = PickleScan.of(Fixtures.copy(name, directory));

        assertThat(scan.globals()).isNotEmpty();
        assertThat(scan.isPlain()).isTrue();
    }

    @Test
    void safetensorsHoldsNoPickle() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, StateDict.builder().put("a", Tensor.scalar(1)).build());

        assertThat(PickleScan.of(file)).isEqualTo(new PickleScan(List.of(), List.of()));
        assertThat(PickleScan.of(file).isPlain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080\2cos\nsystem\nU\2ls\u0085R.", // REDUCE
                "\u0080\2cos\nsystem\nU\2ls\u0085\u0081.", // NEWOBJ
                "(cos\nsystem\nS'ls'\no.", // OBJ
                "(S'ls'\nios\nsystem\n.", // INST
                "\u0080\4\u008c\2os\u008c\6system\u0093\u008c\2ls\u0085R.", // STACK_GLOBAL
                "\u0080\4\u008c\2os\u0094\u008c\6systemq\00100h\0h\1\u0093\u008c\2ls\u0085R.", // names by the
                // memo
                "Vos\np5\n0Vsystem\np7\n0g5\ng7\n\u0093Vls\n\u0085R." // the same in text
            })
    void everyWayToCallIsFollowed(String pickle) throws IOException {
        PickleScan scan = scannedPickle(pickle);

        assertThat(scan.globals()).singleElement().satisfies(global -> {
            assertThat(global.module()).isEqualTo("os");
            assertThat(global.name()).isEqualTo("system");
            assertThat(global.firstCall()).isEqualTo("os.system('ls',)");
        });
    }

    @Test
    void aNameThatThePickleComputesIsToldAsUnknown() throws IOException {
        PickleScan scan = scannedPickle("\u0080\4N)\u0093.");

        assertThat(scan.globals()).singleElement().hasToString("?.? at offset 4 of archive/data.pkl");
        assertThat(scan.isPlain()).isFalse();
    }

    @Test
    void whatRunsBeforeThePickleBreaksIsTold() throws IOException {
        PickleScan scan = scannedPickle("\u0080\2cos\nsystem\nU\2ls\u0085R\377");

        assertThat(scan.globals()).extracting(PickleScan.Global::name).containsExactly("system");
        assertThat(scan.problems())
                .containsExactly("archive/data.pkl breaks off: offset 19 holds 0xff, which is no instruction");
        assertThat(scan.isPlain()).isFalse();
    }

    @Test
    void lengthsThatLieAllocateNothing() throws IOException {
        assertThat(scannedPickle("\u0080\2X\377\377\377\177a.").problems())
                .containsExactly("archive/data.pkl breaks off: it ends at offset 9, within an instruction");
        assertThat(scannedPickle("\u0080\4\u008d\377\377\377\377\377\377\377\377a.")
                        .problems())
                .containsExactly("archive/data.pkl breaks off: a text at offset 11 says that it has"
                        + " 18446744073709551615 bytes");
    }

    @Test
    void timeIsInProportionToThePickle() {
        String pickle = "\u0080\2" + "N".repeat(300_000) + "t".repeat(300_000) + "(".repeat(300_000) + ".";

        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(scannedPickle(pickle).isPlain()).isTrue());
    }

    @Test
    void aPickleThatIsThereTwiceIsTold() throws IOException {
        byte[] archive = new Archive()
                .stored("a/data.pkl", Archive.latin1("\u0080\2N."))
                .stored("a/dat_.pkl", Archive.latin1("\u0080\2N."))
                .bytes();
        byte[] twice = Archive.latin1(new String(archive, StandardCharsets.ISO_8859_1).replace("dat_", "data"));

        assertThat(scanned(twice).problems())
                .containsExactly("a/data.pkl is there twice; which of the two is read depends on the reader");
    }

    @Test
    void whatIsNoPickleIsRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.txt"), "no tensors here");
        Path zip = Files.write(
                directory.resolve("a.zip"),
                new Archive().stored("a.txt", new byte[3]).bytes());

        assertThatThrownBy(() -> PickleScan.of(text))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(text + ": neither an archive of PyTorch nor a pickle: the pickle breaks off: offset 0 holds"
                        + " 0x6e, which is no instruction");
        assertThatThrownBy(() -> PickleScan.of(zip))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(zip + ": a ZIP archive without a pickle");
    }
}
