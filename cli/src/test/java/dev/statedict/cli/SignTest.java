package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.io.Checkpoint;
import dev.statedict.io.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignTest {
    private static final String PRIVATE = "example-private.pem";
    private static final String PUBLIC = "example-public.pem";
    /** Another's. */
    private static final String OTHER = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----
            """;

    @TempDir
    private Path directory;

    @Test
    void whatIsSignedIsVerifiedByThePublicKey() {
        for (String suffix : new String[] {"safetensors", "pt"}) {
            String signed = directory.resolve("signed." + suffix).toString();
            assertThat(CommandRun.of("sign", "--key", PRIVATE, "model.safetensors", signed))
                    .isEqualTo(new CommandRun(0, "wrote " + signed + ": 77 tensors, 8.8 kB, signed\n", ""));

            assertThat(CommandRun.of("verify", "--key", PUBLIC, signed).out())
                    .startsWith(signed + ": sound; 77 tensors, 8.8 kB, ")
                    .endsWith("77 SHA-256 digests, signed by the key\n");
            assertThat(CommandRun.of("verify", signed).out()).endsWith(", a signature that --key would verify\n");
            assertThat(CommandRun.of("diff", "model.safetensors", signed).exitCode())
                    .isZero();
        }
    }

    @Test
    void aFileIsSignedInItsPlace() throws IOException {
        Path file = Files.copy(Path.of("model.safetensors"), directory.resolve("model.safetensors"));

        assertThat(CommandRun.of("sign", "--force", "--key", PRIVATE, file.toString(), file.toString())
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("verify", "--key", PUBLIC, file.toString()).exitCode())
                .isZero();
    }

    @Test
    void whatAnotherHasSignedIsRefusedUnlessBothKeysAreGiven() throws IOException {
        Path other = Files.writeString(directory.resolve("other.pem"), OTHER);

        assertComplaint(
                "signed-model.safetensors: its signature fits not the key given: another key has signed it, or a name,"
                        + " shape, type, text or digest has changed since; fetch or save the file anew",
                "verify",
                "--key",
                other.toString(),
                "signed-model.safetensors");
        assertThat(CommandRun.of("verify", "--key", other.toString(), "--key", PUBLIC, "signed-model.safetensors")
                        .exitCode())
                .isZero();
    }

    @Test
    void whatIsNotSignedIsRefusedWhereAKeyIsGiven() {
        assertComplaint(
                "model.safetensors: not signed; statedict sign signs a file, and without --key no signature is asked for",
                "verify",
                "--key",
                PUBLIC,
                "model.safetensors");
    }

    @Test
    void aTensorThatHasChangedIsFound() throws IOException {
        Path signed = Files.copy(Path.of("signed-model.safetensors"), directory.resolve("signed.safetensors"));
        byte[] bytes = Files.readAllBytes(signed);
        try (Checkpoint checkpoint = Checkpoints.open(signed)) {
            bytes[(int) checkpoint.location("norm.bias").offset()] ^= 1;
        }
        Files.write(signed, bytes);

        CommandRun run = CommandRun.of("verify", "--key", PUBLIC, signed.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("statedict: " + signed + ": \"norm.bias\": its bytes have SHA-256 ");
    }

    @Test
    void aKeyOfAnotherKindIsNamed() {
        assertComplaint(
                PUBLIC + " holds no private key of Ed25519 in PEM; make one: openssl genpkey -algorithm ed25519 -out"
                        + " private.pem",
                "sign",
                "--key",
                PUBLIC,
                "model.safetensors",
                directory.resolve("signed.pt").toString());
        assertComplaint(
                "model.safetensors holds no public key of Ed25519 in PEM; make it of the private one: openssl pkey -in"
                        + " private.pem -pubout -out public.pem",
                "verify",
                "--key",
                "model.safetensors",
                "signed-model.safetensors");
    }
}
