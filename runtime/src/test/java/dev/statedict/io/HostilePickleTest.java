package dev.statedict.io;

import static dev.statedict.io.HostilePickles.get;
import static dev.statedict.io.HostilePickles.put;
import static dev.statedict.io.HostilePickles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pickles that ask for far more than they hold. Each would take seconds, or all memory, if it were followed; what is asserted
 * is processor time, which a busy machine does not lengthen.
 */
class HostilePickleTest {
    @TempDir
    Path directory;

    @Test
    void dictsInOneAnotherThatMakeMillionsOfPathsOfAKilobyte() throws IOException {
        assertRefusedSoon(
                0.5,
                HostilePickles.dictsInOneAnother(24),
                "its dicts and lists lie in one another so often that they unfold to more than 108,930 items, the most for"
                        + " a pickle of 893 bytes");
    }

    @Test
    void listsInOneAnotherThatNobodyCouldPrint() throws IOException {
        assertRefusedSoon(
                0.5,
                HostilePickles.listsInOneAnother(30),
                "its dicts and lists lie in one another so often that they unfold to more than 105,410 items, the most for"
                        + " a pickle of 541 bytes");
    }

    @Test
    void oneMetadataOfManyDicts() throws IOException {
        assertRefusedSoon(
                3,
                HostilePickles.oneMetadata(100_000, 2_000),
                "its paths and texts have more than 50,635,080 characters, the most for a pickle of 1,215,877 bytes");
    }

    @Test
    void oneExtraStateOfManyModules() throws IOException {
        assertRefusedSoon(
                3,
                HostilePickles.oneExtraState(100_000, 20_000),
                "its dicts and lists lie in one another so often that they unfold to more than 21,478,000 items, the most"
                        + " for a pickle of 2,137,800 bytes");
    }

    @Test
    void nineMillionEmptyDictsOrLists() throws IOException {
        assertRefusedSoon(
                3,
                HostilePickles.many("}", 9_000_000),
                "pickle, offset 2,500,073, EMPTY_DICT: dicts, lists and tuples take 60,000,240 bytes of memory, too many"
                        + " for the 2,500,019 of the pickle so far");
        assertRefusedSoon(
                3,
                HostilePickles.many("]", 9_000_000),
                "pickle, offset 2,500,073, EMPTY_LIST: dicts, lists and tuples take 60,000,240 bytes of memory, too many"
                        + " for the 2,500,019 of the pickle so far");
    }

    @Test
    void callsOfRebuildFromTypeWithinOneAnother() throws IOException {
        assertRefusedSoon(
                3,
                HostilePickles.callsInOneAnother(200_000),
                "pickle, offset 4,600,135, REDUCE: argument 1 of torch._tensor._rebuild_from_type_v2 is that function"
                        + " itself");
    }

    @Test
    void callsThatMakeMuchOfAnArgumentThatManyShare() throws IOException {
        String shape = "(" + "K\1".repeat(1_000) + "t" + put(0);
        String storage = "(" + text("storage") + "ctorch\nFloatStorage\n" + text("0") + text("cpu") + "K\1tQ";
        assertRefusedSoon(
                3,
                "\u0080\2(" + shape + "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + "K\0" + get(0) + get(0)
                        + "\u0089NtRt.",
                "pickle, offset 2,165, REDUCE: argument 3 of torch._utils._rebuild_tensor_v2 has 1,000 dimensions, at most"
                        + " 64 are allowed");
        String pairs = "](" + "K\1K\2\u0086" + "e" + put(0);
        assertRefusedSoon(
                3,
                "\u0080\2(" + pairs + ("ccollections\nOrderedDict\n" + get(0) + "\u0085R").repeat(2) + "t.",
                "pickle, offset 134, REDUCE: two dicts are made of the same pairs");
        assertRefusedSoon(
                3,
                "\u0080\2(" + text("x".repeat(101)) + "ctorch\ndevice\n" + text("x".repeat(101)) + "\u0085Rt.",
                "pickle, offset 285, REDUCE: no device has a name of 101 characters");
    }

    @Test
    void bytesThatManyShareAreMadeOnce() throws IOException {
        String encode = "c_codecs\nencode\n";
        String shared = text("x".repeat(1_000_000)) + put(0);
        String calls = (encode + get(0) + text("latin1") + "\u0086R").repeat(2_000);
        Path file = write("\u0080\2}" + text("v") + "(" + shared + calls + "ts.");

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            List<?> values = (List<?>) checkpoint.values().get("v");
            assertThat(values).hasSize(2_001);
            assertThat(values.get(2_000)).isSameAs(values.get(1));
        }
    }

    @Test
    void aDictUnderTwoNamesIsReadUnderBoth() throws IOException {
        Path file = write(
                "\u0080\2}(" + text("model") + "}" + put(0) + text("epoch") + "K\3s" + text("best") + get(0) + "u.");

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.values()).hasToString("{model.epoch=3, best.epoch=3}");
        }
    }

    private Path write(String pickle) throws IOException {
        return Files.write(directory.resolve("hostile.pt"), Archive.of(pickle));
    }

    private void assertRefusedSoon(double seconds, String pickle, String problem) throws IOException {
        Path file = write(pickle);
        Duration before = processorTime();
        assertThatThrownBy(() -> Checkpoints.open(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": " + problem);
        Duration taken = processorTime().minus(before);
        assertThat(taken.toMillis() / 1e3).as("seconds of processor time").isLessThan(seconds);
    }

    /** Of the whole process: other tests of the class are not under way meanwhile. */
    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
