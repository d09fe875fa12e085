package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who has signed a checkpoint, and what that covers. */
class SignedCheckpointsTest {
    private static final KeyPair OURS = keys("Ed25519");
    private static final KeyPair THEIRS = keys("Ed25519");
    private static final String UNFIT =
            "its signature fits not the key given: another key has signed it, or a name, shape,"
                    + " type, text or digest has changed since";
    private static final ReadOptions VERIFYING = ReadOptions.defaults().withVerification(OURS.getPublic());

    @TempDir
    Path directory;

    private final StateDict dict = dict(1);

    private static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A tie, a view, rows, an empty tensor, versions and extra state. */
    private static StateDict dict(float value) {
        Tensor weight = Tensor.wrap(new float[] {value, 2, 3, 4, 5, 6}, 2, 3);
        return StateDict.builder()
                .put("z.weight", weight)
                .put("a.weight", weight)
                .put("a.rows", Tensor.wrap(new float[][] {{1, 2}, {3, 4}}))
                .put(
                        "a.transposed",
                        Tensor.wrap(new double[] {1, 2, 3, 4}, 2, 2).transpose(0, 1))
                .put("steps", Tensor.scalarLong(3))
                .put("nothing", Tensor.zeros(0, 2))
                .version("", 2)
                .version("a", 3)
                .extraState("a", "text")
                .extraState("", Map.of("one", "1", "two", "2"))
                .build();
    }

    private static WriteOptions signing(KeyPair keys, CheckpointFormat format) {
        return WriteOptions.defaults().withSigner(keys.getPrivate()).withFormat(format);
    }

    private static byte[] signed(StateDict dict, CheckpointFormat format) {
        return Checkpoints.toBytes(dict, signing(OURS, format));
    }

    private static void assertRefused(ThrowingCallable read, String problem) {
        assertThatThrownBy(read).isInstanceOf(CheckpointFormatException.class).hasMessageEndingWith(problem);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMPY_ARRAY") // holds one entry and nothing beside it
    void whatIsSignedIsReadByWhoHasTheKey(CheckpointFormat format) throws IOException {
        byte[] bytes = signed(dict, format);

        assertThat(Checkpoints.load(bytes, VERIFYING).contentEquals(dict)).isTrue();
        assertThat(Checkpoints.load(new ByteArrayInputStream(bytes), VERIFYING).contentEquals(dict))
                .isTrue();
        ReadOptions either = VERIFYING.withVerification(THEIRS.getPublic(), OURS.getPublic());
        assertThat(Checkpoints.load(bytes, either).contentEquals(dict)).isTrue();
        try (Checkpoint checkpoint = Checkpoints.open(bytes, VERIFYING)) {
            assertThat(checkpoint.isSigned()).isTrue();
            assertThat(checkpoint.tensor("a.weight").contentEquals(dict.get("a.weight")))
                    .isTrue();
            assertThat(checkpoint.digests().keySet()).containsExactlyInAnyOrderElementsOf(dict.keySet());
            assertThat(checkpoint.metadata()).doesNotContainKey("statedict.signature");
        }
        assertThat(Checkpoints.load(bytes, VERIFYING.withPart("a")).keySet())
                .containsExactlyInAnyOrder("weight", "rows", "transposed");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMPY_ARRAY") // holds one entry and nothing beside it
    void whoDoesNotAskMayReadItToo(CheckpointFormat format) throws IOException {
        assertThat(Checkpoints.load(signed(dict, format)).contentEquals(dict)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMPY_ARRAY") // holds one entry and nothing beside it
    void whatIsReadAndSavedAgainIsSignedAgain(CheckpointFormat format) throws IOException {
        byte[] bytes = signed(dict, format);
        Map<String, String> metadata;
        try (Checkpoint checkpoint = Checkpoints.open(bytes)) {
            metadata = checkpoint.metadata();
        }
        WriteOptions options = signing(OURS, format).withMetadata(metadata);

        byte[] again = Checkpoints.toBytes(Checkpoints.load(bytes), options);

        assertThat(Checkpoints.load(again, VERIFYING).contentEquals(dict)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMPY_ARRAY") // holds one entry and nothing beside it
    void whatIsCopiedFromFileToFileIsSignedToo(CheckpointFormat format) throws IOException {
        Path copy = directory.resolve("copy." + format.suffixes().get(0));
        try (Checkpoint checkpoint = Checkpoints.open(Checkpoints.toBytes(dict))) {
            Checkpoints.save(copy, checkpoint.unread(), signing(OURS, format));
        }

        assertThat(Checkpoints.load(copy, VERIFYING).contentEquals(dict)).isTrue();
    }

    @Test
    void shardsAreSignedInTheirIndex() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, dict, signing(OURS, CheckpointFormat.SAFETENSORS).withShardSize(16));

        assertThat(Checkpoints.load(file, VERIFYING).contentEquals(dict)).isTrue();
        assertRefused(() -> Checkpoints.load(file, ReadOptions.defaults().withVerification(THEIRS.getPublic())), UNFIT);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMPY_ARRAY") // holds one entry and nothing beside it
    void whatIsNotSignedIsRefused(CheckpointFormat format) {
        byte[] bytes =
                Checkpoints.toBytes(dict, WriteOptions.defaults().withDigest().withFormat(format));

        assertRefused(
                () -> Checkpoints.open(bytes, VERIFYING),
                "it is not signed, and only what one of the given keys has signed is to be read; sign it by"
                        + " WriteOptions.withSigner, or read it without ReadOptions.withVerification");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMPY_ARRAY") // holds one entry and nothing beside it
    void whatAnotherHasSignedIsRefusedBeforeAnythingIsHandedOut(CheckpointFormat format) {
        byte[] bytes = Checkpoints.toBytes(dict, signing(THEIRS, format));

        assertRefused(() -> Checkpoints.open(bytes, VERIFYING), UNFIT);
        assertRefused(() -> Checkpoints.load(bytes, VERIFYING), UNFIT);
    }

    /** A file of others' tensors with their digests, and with our signature of ours. */
    @Test
    void oneTensorExchangedIsRefusedAlsoWithItsDigest() {
        CheckpointFormat format = CheckpointFormat.SAFETENSORS;
        byte[] forged = withSignatureOf(signed(dict, format), Checkpoints.toBytes(dict(7), signing(THEIRS, format)));

        assertRefused(() -> Checkpoints.open(forged, VERIFYING), UNFIT);
    }

    private static byte[] withSignatureOf(byte[] ours, byte[] theirs) {
        Pattern signature = Pattern.compile("ed25519:[A-Za-z0-9+/=]+");
        Matcher matcher = signature.matcher(new String(ours, StandardCharsets.ISO_8859_1));
        assertThat(matcher.find()).isTrue();
        return signature
                .matcher(new String(theirs, StandardCharsets.ISO_8859_1))
                .replaceFirst(Matcher.quoteReplacement(matcher.group()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMPY_ARRAY") // holds one entry and nothing beside it
    void aTensorThatHasChangedIsRefusedWhenItIsReadAndTheOthersAreNot(CheckpointFormat format) throws IOException {
        byte[] bytes = signed(dict, format);
        try (Checkpoint whole = Checkpoints.open(bytes)) {
            // of a .pt the sum would tell before the digest
            bytes[(int) whole.location("steps").offset()] ^= 1;
        }

        try (Checkpoint checkpoint = Checkpoints.open(bytes, VERIFYING)) {
            assertThatThrownBy(() -> checkpoint.tensor("steps"))
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessageContaining("steps");
            assertThat(checkpoint.tensor("a.weight").contentEquals(dict.get("a.weight")))
                    .isTrue();
        }
        assertThatThrownBy(() -> Checkpoints.load(bytes, VERIFYING))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageContaining("steps");
    }

    /** Changes each byte of a small header in turn: whatever still opens is as it was signed. */
    @Test
    void noByteOfTheHeaderChangesAnythingUnseen() throws IOException {
        StateDict small = StateDict.builder()
                .put("weight", Tensor.wrap(new float[] {1, 2}, 2))
                .put("xeight", Tensor.wrap(new float[] {3, 4}, 2))
                .extraState("a", "text")
                .build();
        WriteOptions options =
                signing(OURS, CheckpointFormat.SAFETENSORS).withMetadata(Map.of("author", "us", "format", "pt"));
        byte[] bytes = Checkpoints.toBytes(small, options);
        int opened = 0;
        for (int at = 0; at < bytes.length; at++) {
            for (int change : new int[] {1, 2, 3}) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) change;
                try (Checkpoint checkpoint = Checkpoints.open(changed, VERIFYING)) {
                    assertThat(checkpoint.metadata()).isEqualTo(Map.of("author", "us", "format", "pt"));
                    assertThat(checkpoint.stateDict().contentEquals(small)).isTrue();
                    opened++;
                } catch (CheckpointFormatException refused) {
                    // as it should be
                }
            }
        }
        assertThat(opened).as("changes that change nothing").isLessThan(10);
    }

    @Test
    void aFileInTheDirectoryOfAModelIsVerifiedToo() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, dict, signing(THEIRS, CheckpointFormat.SAFETENSORS));

        assertRefused(() -> Checkpoints.load(directory, VERIFYING), UNFIT);
        assertThat(Files.exists(file)).isTrue();
    }

    @Test
    void otherKeysAreRefusedWhereTheyAreGiven() {
        KeyPair rsa = keys("RSA");
        assertThatThrownBy(() -> WriteOptions.defaults().withSigner(rsa.getPrivate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("checkpoints are signed by keys of Ed25519, not of RSA; make one by"
                        + " KeyPairGenerator.getInstance(\"Ed25519\")");
        assertThatThrownBy(() -> ReadOptions.defaults().withVerification(OURS.getPublic(), rsa.getPublic()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("checkpoints are signed by keys of Ed25519, not of RSA");
        assertThatThrownBy(() -> ReadOptions.defaults().withVerification())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("give a key, or nothing is verified");
        assertThatThrownBy(() -> WriteOptions.defaults().withMetadata(Map.of("statedict.signature", "mine")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the metadata name \"statedict.signature\" is reserved");
    }
}
