package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardOutputTest {
    @ParameterizedTest
    @CsvSource({"trace", "--help"})
    void aFullDiskIsAnError(String command) throws Exception {
        File full = new File("/dev/full");
        assumeTrue(full.exists(), "this machine has no /dev/full");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SampleApplication.class.getName(),
                        command)
                .redirectOutput(full)
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(err)
                .isEqualTo("statedict-sample: cannot write to standard output (No space left on device); make room"
                        + System.lineSeparator());
    }

    @Test
    void aReaderThatHasSeenEnoughIsToldNothing() {
        StringWriter err = new StringWriter();

        int exitCode = SampleApplication.run(failing("Broken pipe"), new PrintWriter(err, true), "trace");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void badInputStaysBadInput() {
        StringWriter err = new StringWriter();

        int exitCode = SampleApplication.run(failing("No space left on device"), new PrintWriter(err, true), "tarin");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
    }

    private static StandardOutput failing(String message) {
        return new StandardOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        });
    }
}
