package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people take for a checkpoint, said by name and with a mend. */
class MistakenFilesTest {
    @TempDir
    Path directory;

    @Test
    void aTorchscriptArchive() {
        assertRefused(
                Fixtures.copy("torchscript.pt", directory),
                "a TorchScript archive, which is a program; save model.state_dict() instead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "model.pt"})
    void aPointerOfGitLfs(String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name), """
                version https://git-lfs.github.com/spec/v1
                oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
                size 12345
                """);

        assertRefused(file, "a pointer of Git LFS in place of the file; fetch it by git lfs pull");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html>\n<html><body>Please log in</body></html>",
                "\n  <html lang=\"en\">",
                "<!-- 404 --><HTML>",
                "<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">"
            })
    void aWebPage(String page) throws IOException {
        for (String name : new String[] {"model.safetensors", "model.pt"}) {
            Path file = Files.writeString(directory.resolve(name), page);

            assertRefused(
                    file, "a web page (HTML), perhaps one that says why there is no file; download the file itself");
        }
    }

    @Test
    void twoArchivesInOneFile() throws IOException {
        Path ours = directory.resolve("ours.pt");
        Checkpoints.save(ours, StateDict.builder().put("w", Tensor.scalar(1)).build());
        for (Path file : new Path[] {ours, Fixtures.copy("tensors-2.13.pt", directory)}) {
            byte[] archive = Files.readAllBytes(file);
            Path both = Files.write(directory.resolve("both.pt"), joined(archive, archive));

            assertRefused(
                    both,
                    String.format(
                            "two archives in one file, the second from offset %,d on; split them", archive.length));
        }
    }

    @Test
    void aPartOfAnArchiveOfSeveral() throws IOException {
        byte[] archive = Archive.of("\u0080\2}.");
        int end = archive.length - 22;
        int directoryStart =
                ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
        String problem = "a part of a ZIP archive that is spread over several files; join them";

        for (int at : new int[] {end + 4, end + 6, end + 8, directoryStart + 34}) {
            byte[] part = archive.clone();
            part[at]++;
            assertRefused(Files.write(directory.resolve("part.pt"), part), problem);
        }
        byte[] large = Files.readAllBytes(Fixtures.copy("tensors-2.13.pt", directory));
        int largeEnd = large.length - 22 - 20 - 56;
        for (int at : new int[] {largeEnd + 16, largeEnd + 20, largeEnd + 24, largeEnd + 56 + 16}) {
            byte[] part = large.clone();
            part[at]++;
            assertRefused(Files.write(directory.resolve("part.pt"), part), problem);
        }
    }

    @Test
    void anArchiveWithoutAVersionThatPytorchReads() throws IOException {
        byte[] pickle = Archive.latin1("\u0080\2}.");
        assertRefused(
                Files.write(
                        directory.resolve("model.pt"),
                        new Archive().stored("a/data.pkl", pickle).bytesWithoutVersion()),
                "the record \"version\" is missing, without which PyTorch reads no archive either; save again by"
                        + " torch.save");
        for (String version : new String[] {"0", "11", "three", ""}) {
            assertRefused(
                    Files.write(
                            directory.resolve("model.pt"),
                            new Archive()
                                    .stored("a/data.pkl", pickle)
                                    .stored("a/version", version.getBytes(StandardCharsets.US_ASCII))
                                    .bytesWithoutVersion()),
                    "the record version says \"" + version + "\", expected 1 to 10; save again by torch.save");
        }
    }

    @Test
    void aBrokenStorageIsToldWithAKeyOnIt() throws IOException {
        Path file = directory.resolve("model.pt");
        Checkpoints.save(
                file, StateDict.builder().put("fc.w", Tensor.zeros(1000)).build());
        byte[] content = Files.readAllBytes(file);
        content[1000] ^= 1;
        Files.write(file, content);

        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": \"fc.w\": the 4,000 bytes at offset 384 have CRC-32 ce91dcf5, expected 3a8b93be");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static void assertRefused(Path file, String problem) {
        assertThatThrownBy(() -> Checkpoints.open(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": " + problem);
    }
}
