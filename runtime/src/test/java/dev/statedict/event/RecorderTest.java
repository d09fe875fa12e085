package dev.statedict.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording shows, in processes of their own. */
class RecorderTest {
    @TempDir
    Path directory;

    @Test
    void aRecordingShowsSavesLoadsAndSnapshots() throws IOException {
        Path recording = directory.resolve("recording.jfr");
        Path file = directory.resolve("model.safetensors");
        run(RecordedProcess.of(file, "-XX:StartFlightRecording=filename=" + recording));

        String printed = run(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jfr").toString(),
                "print",
                "--events",
                "dev.statedict.*",
                recording.toString()));

        assertThat(printed.lines().map(line -> line.replaceAll("\\s+", " ").strip()))
                .contains(
                        "dev.statedict.Snapshot {",
                        "dev.statedict.Save {",
                        "dev.statedict.Load {",
                        "path = \"" + file + "\"",
                        "keys = 1",
                        "bytes = 24 bytes");
        assertThat(printed).containsPattern("duration = [0-9.,]+ ms");
    }

    @Test
    void everythingWorksWhereThereIsNoFlightRecorder() throws IOException {
        assertThat(run(RecordedProcess.of(directory.resolve("model.safetensors"), "--limit-modules", "java.base")))
                .isEqualToIgnoringNewLines("[weight]");
    }

    private static String run(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).isZero();
        return output;
    }
}
