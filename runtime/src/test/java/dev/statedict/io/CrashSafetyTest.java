package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens to a save, the old file or the new one is there and whole. */
class CrashSafetyTest {
    private static final int KILLS = Integer.getInteger("statedict.kills", 3);

    @TempDir
    Path directory;

    private final StateDict dict =
            StateDict.builder().put("w", Tensor.wrap(new float[] {1, 2}, 2)).build();

    @ParameterizedTest
    @CsvSource({"model.safetensors, 0", "model.pt, 0", "model.safetensors, 500000"})
    void aProcessThatIsKilledWhileItSavesLeavesTheOldFileOrTheNew(String name, long shardSize)
            throws IOException, InterruptedException {
        Path file = directory.resolve(name);
        Random random = new Random(shardSize + name.length());
        int seen = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = SavingProcess.of(List.of(), file, shardSize, seen + 1)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            seen = Integer.parseInt(output.readLine());
            Thread.sleep(random.nextInt(100));
            // through the handle, which leaves the pipe open
            process.toHandle().destroyForcibly();
            process.waitFor();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                seen = Integer.parseInt(line);
            }

            float[] elements = allElements(Checkpoints.load(file));
            int found = (int) elements[0];
            assertThat(found)
                    .as("the last save that returned, or the one that was cut")
                    .isIn(seen, seen + 1);
            for (float element : elements) {
                assertThat(element).isEqualTo(found);
            }
            seen = found;
        }

        Checkpoints.save(file, SavingProcess.dict(0), SavingProcess.options(shardSize));
        assertThat(files()).noneMatch(path -> path.endsWith(".tmp")).hasSize(shardSize == 0 ? 1 : 5);
    }

    private static float[] allElements(StateDict dict) {
        float[] all = new float[dict.values().stream().mapToInt(Tensor::numel).sum()];
        int at = 0;
        for (Tensor tensor : dict.values()) {
            System.arraycopy(tensor.toArray(), 0, all, at, tensor.numel());
            at += tensor.numel();
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"model.safetensors, 0", "model.pt, 0", "model.safetensors, 500000"})
    @EnabledOnOs(OS.LINUX)
    void aDiskThatFillsUpLeavesTheOldFile(String name, long shardSize) throws IOException, InterruptedException {
        Path shell = Path.of("/bin/bash");
        Assumptions.assumeTrue(Files.isExecutable(shell));
        Path file = directory.resolve(name);
        Checkpoints.save(file, dict);

        // a limit of 400 kB for each file stands in for the disk
        Process process = SavingProcess.of(
                        List.of(shell.toString(), "-c", "ulimit -f 400; exec \"$@\"", "bash"), file, shardSize, 1)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isNotZero();
        assertThat(output).contains("java.io.IOException: File too large");
        assertThat(Checkpoints.load(file).contentEquals(dict)).isTrue();
        assertThat(files()).as("nothing is left over").containsExactly(name);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void permissionsStay() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, dict);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw---x"));

        Checkpoints.save(file, dict);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw---x");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aNewFileHasThePermissionsThatAnyNewFileHas() throws IOException {
        Path plain = Files.write(directory.resolve("plain"), new byte[0]);
        Path file = directory.resolve("model.pt");

        Checkpoints.save(file, dict);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aSymbolicLinkStaysAndItsTargetIsReplaced() throws IOException {
        Path target = directory.resolve("run-7.safetensors");
        Checkpoints.save(
                target, StateDict.builder().put("old", Tensor.scalar(0)).build());
        Path link = Files.createSymbolicLink(directory.resolve("latest.safetensors"), target.getFileName());

        Checkpoints.save(link, dict);

        assertThat(link).isSymbolicLink();
        assertThat(Checkpoints.load(target).contentEquals(dict)).isTrue();
    }

    @Test
    void aTemporaryThatAKilledProcessLeftIsRemovedAndOneInUseIsNot() throws IOException {
        Path stale = Files.write(directory.resolve(".statedict-00000000deadbeef-1.tmp"), new byte[9]);
        Path used = Files.write(directory.resolve(".statedict-00000000feedface-1.tmp"), new byte[9]);
        Path others = Files.write(directory.resolve("notes.tmp"), new byte[9]);

        // in one process the lock of another cannot be had, which is how the file is known to be in use
        try (FileChannel channel = FileChannel.open(used, StandardOpenOption.WRITE)) {
            channel.lock();
            Checkpoints.save(directory.resolve("model.safetensors"), dict);
        }

        assertThat(stale).doesNotExist();
        assertThat(used).exists();
        assertThat(others).exists();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkThatLeadsToNoFileStaysAndItsFileIsMade() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("latest.pt"), Path.of("run-8.pt"));

        Checkpoints.save(link, dict);

        assertThat(link).isSymbolicLink();
        assertThat(Checkpoints.load(directory.resolve("run-8.pt")).contentEquals(dict))
                .isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPipeIsNotReplaced() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe.pt");
        Assumptions.assumeTrue(
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);

        assertThatThrownBy(() -> Checkpoints.save(pipe, dict))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(pipe + ": is a pipe or a device, which no file may replace");
        assertThat(files()).containsExactly("pipe.pt");
    }

    @Test
    void processesMaySaveDifferentFilesIntoOneDirectory() throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(SavingProcess.repeated(directory.resolve("model-" + i + ".safetensors"), 400)
                    .redirectErrorStream(true)
                    .start());
        }

        for (Process process : processes) {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
        }
        assertThat(files()).containsExactly("model-0.safetensors", "model-1.safetensors", "model-2.safetensors");
    }

    @Test
    void threadsMaySaveToOnePlace() throws Exception {
        Path file = directory.resolve("model.safetensors");
        Thread[] threads = new Thread[4];
        Set<Throwable> failures = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < threads.length; i++) {
            int generation = i;
            threads[i] = new Thread(() -> {
                for (int repeat = 0; repeat < 20; repeat++) {
                    try {
                        Checkpoints.save(
                                file,
                                SavingProcess.dict(generation),
                                WriteOptions.defaults().withFlush(false));
                        allElements(Checkpoints.load(file));
                    } catch (IOException | RuntimeException | Error failed) {
                        failures.add(failed);
                    }
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(files()).containsExactly("model.safetensors");
    }

    @Test
    void aDirectoryIsNotReplaced() throws IOException {
        Path file = Files.createDirectory(directory.resolve("model.pt"));

        assertThatThrownBy(() -> Checkpoints.save(file, dict))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": is a directory");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatMayNotBeWrittenIsNotReplaced() throws IOException {
        Path file = directory.resolve("model.pt");
        Checkpoints.save(file, StateDict.builder().build());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Assumptions.assumeFalse(Files.isWritable(file), "the superuser may write everything");

        assertThatThrownBy(() -> Checkpoints.save(file, dict))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage(file + ": is read-only");
    }

    @Test
    void aDirectoryThatIsNotThereIsWhatTheJdkSays() {
        assertThatThrownBy(() -> Checkpoints.save(directory.resolve("none/model.pt"), dict))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aPathWithoutADirectoryIsInTheWorkingDirectory() throws IOException {
        Path file = Path.of("crash-safety-test-" + System.nanoTime() + ".safetensors");
        try {
            Checkpoints.save(file, dict);
            assertThat(Checkpoints.load(file).contentEquals(dict)).isTrue();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
