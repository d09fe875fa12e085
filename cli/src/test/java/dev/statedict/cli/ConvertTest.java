package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertTest {
    private static final String SAME = "77 tensors are the same\n";

    @TempDir
    private Path directory;

    private String out(String name) {
        return directory.resolve(name).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "legacy.pt", "sharded/model.safetensors.index.json", "sharded", "bin"})
    void everyFormatBecomesEveryOtherWithTheSameTensors(String in) {
        for (String name : new String[] {"a.safetensors", "a.pt", "a.npz", "a.statedict"}) {
            CommandRun run = CommandRun.of("convert", in, out(name));

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).startsWith("wrote " + out(name) + ": 77 tensors, ");
            assertThat(CommandRun.of("diff", "--tensors-only", in, out(name)).out())
                    .isEqualTo(SAME);
            assertThat(CommandRun.of("convert", "--force", out(name), out("back.safetensors"))
                            .err())
                    .isEmpty();
            assertThat(CommandRun.of("diff", "--tensors-only", in, out("back.safetensors"))
                            .out())
                    .isEqualTo(SAME);
        }
    }

    @Test
    void typesTiesAndMetadataGoOn() {
        CommandRun.of("convert", "types.safetensors", out("types.pt"));
        CommandRun.of("convert", "model.safetensors", out("model.pt"), "--metadata", "author=me");
        CommandRun.of("convert", out("model.pt"), out("back.safetensors"));

        assertThat(CommandRun.of("diff", "--tensors-only", "types.safetensors", out("types.pt"))
                        .out())
                .isEqualTo("13 tensors are the same\n");
        assertThat(CommandRun.of("ls", out("model.pt")).out()).contains("tied to", "1 tie");
        assertThat(CommandRun.of("meta", out("back.safetensors")).out())
                .isEqualTo("metadata\n  author  me\n  format  pt\n");
    }

    @Test
    void shardsAreOfTheSizeAskedForAndBecomeOneFileAgain() {
        CommandRun run = CommandRun.of("convert", "--shard-size", "4kB", "model.safetensors", out("m.safetensors"));
        CommandRun.of("convert", out("m.safetensors.index.json"), out("whole.safetensors"));

        assertThat(run.out()).isEqualTo("wrote " + out("m.safetensors") + ": 77 tensors, 8.8 kB in 3 shards\n");
        assertThat(CommandRun.of("diff", "model.safetensors", out("whole.safetensors"))
                        .out())
                .isEqualTo(SAME);
    }

    @ParameterizedTest
    @CsvSource({"4000, 3", "4kB, 3", "4k, 3", "0.004MB, 3", "8.7kB, 2", "1GB, 1"})
    void aSizeIsANumberWithOrWithoutAUnit(String size, int shards) {
        CommandRun run = CommandRun.of("convert", "--shard-size", size, "model.safetensors", out("m.safetensors"));

        assertThat(run.out()).endsWith(shards == 1 ? "8.8 kB\n" : "8.8 kB in " + shards + " shards\n");
    }

    @Test
    void elementsAreRoundedToTheTypeAskedForAndIntegersStay() {
        CommandRun.of("convert", "--type", "BF16", "model.safetensors", out("small.safetensors"));

        assertThat(CommandRun.of("ls", out("small.safetensors"), "norm.weight", "steps")
                        .out())
                .contains("norm.weight  [8]    BF16  16 B")
                .contains("steps        []     I64   8 B");
    }

    @Test
    void aPartIsWrittenUnderItsOwnKeysAndWhatIsNoTensorIsTold() {
        CommandRun part = CommandRun.of("convert", "--part", "model", "checkpoint.pt", out("part.safetensors"));
        CommandRun whole = CommandRun.of("convert", "checkpoint.pt", out("whole.safetensors"));

        assertThat(part.err()).isEmpty();
        assertThat(CommandRun.of("ls", out("part.safetensors"), "0.*").out()).contains("0.weight", "0.bias");
        assertThat(whole.exitCode()).isZero();
        assertThat(whole.err())
                .isEqualTo("statedict: checkpoint.pt: left out what is no tensor: optimizer.param_groups, epoch, loss,"
                        + " args.lr, args.name\n");
    }

    @Test
    void digestsAreWrittenWhereTheyAreAskedFor() {
        CommandRun.of("convert", "--digest", "model.safetensors", out("d.safetensors"), "norm.*");

        assertThat(CommandRun.of("verify", out("d.safetensors")).out())
                .isEqualTo(out("d.safetensors") + ": sound; 2 tensors, 64 B, 2 SHA-256 digests\n");
    }

    @Test
    void aFileIsReplacedOnlyByForce() throws IOException {
        Path there = Files.writeString(directory.resolve("there.pt"), "mine");

        assertComplaint(
                there + " is there already; give --force to replace it, or another path",
                "convert",
                "model.safetensors",
                there.toString());
        assertThat(Files.readString(there)).isEqualTo("mine");
        assertThat(CommandRun.of("convert", "--force", "model.safetensors", there.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void whatWillNotDoIsNamedBeforeAnythingIsRead() {
        assertComplaint(
                "the suffix of \"weights.h5\" says no format; end it in .safetensors, or in .pt, .pth, .bin or .ckpt for"
                        + " PyTorch's, or in .statedict, or in .npz, or in .npy of one entry, for NumPy's",
                "convert",
                "absent.pt",
                "weights.h5");
        assertComplaint(
                "no such directory: " + out("no") + "; make it, or give another path",
                "convert",
                "absent.pt",
                out("no/a.pt"));
        assertComplaint(
                "--shard-size is 5 apples; give a number of bytes, or one with a unit: 500MB, 5GB",
                "convert",
                "--shard-size",
                "5 apples",
                "absent.pt",
                out("a.safetensors"));
        assertComplaint(
                "floating-point entries are stored as F32, F16, BF16, F64 or an 8-bit float, not as I8",
                "convert",
                "--type",
                "I8",
                "absent.pt",
                out("a.safetensors"));
    }

    @Test
    void aMappingGivesOtherNamesAndLayouts() {
        CommandRun run = CommandRun.of("convert", "--mapping", "to-gpt.json", "model.safetensors", out("gpt.pt"));

        assertThat(run).isEqualTo(new CommandRun(0, "wrote " + out("gpt.pt") + ": 52 tensors, 8.8 kB\n", ""));
        assertThat(CommandRun.of("ls", out("gpt.pt")).out())
                .contains("wte.weight", "h.{0..11}.attn.c_attn.weight  [8, 16]", "tied to wte.weight")
                .doesNotContain("steps");
    }

    @Test
    void aMappingThatDoesNotFitIsToldInOneLine() throws IOException {
        Path rules = Files.writeString(
                directory.resolve("rules.json"), "[{\"drop\": \"none\"}, {\"transpose\": \"norm.weight\"}]");
        assertComplaint(
                "the mapping does not fit model.safetensors: rule 1, drop \"none\": no key matches \"none\"; rule 2,"
                        + " transpose \"norm.weight\": \"norm.weight\" has shape [8] and type F32, and a matrix alone is"
                        + " transposed; permute takes any dimensions",
                "convert",
                "--mapping",
                rules.toString(),
                "model.safetensors",
                out("a.pt"));

        Files.writeString(rules, "[{\"move\": \"a\"}]");
        assertComplaint(
                rules + ": no mapping: rule 1, at byte 1: there is no rule \"move\"; the rules are rename, transpose,"
                        + " permute, reshape, concatenate, split, drop and cast",
                "convert",
                "--mapping",
                rules.toString(),
                "model.safetensors",
                out("a.pt"));
        assertComplaint(
                "no such file: " + out("absent.json") + "; check the path",
                "convert",
                "--mapping",
                out("absent.json"),
                "model.safetensors",
                out("a.pt"));
    }

    /** What is read while it is written must not be what is replaced. */
    @Test
    void aFileIsReplacedByWhatIsMadeOfIt() throws IOException {
        Path file = Files.copy(Path.of("model.safetensors"), directory.resolve("m.safetensors"));

        CommandRun.of("convert", "--force", "--type", "BF16", file.toString(), file.toString());
        CommandRun.of("convert", "--force", "--type", "F32", file.toString(), file.toString());

        assertThat(CommandRun.of("ls", file.toString(), "norm.weight", "steps").out())
                .contains("norm.weight  [8]    F32", "steps        []     I64");
    }

    @Test
    void aPartThatIsNotThereIsNamed() {
        assertComplaint(
                "checkpoint.pt: there is no part \"modle\"; there are \"model\", \"optimizer\"",
                "convert",
                "--part",
                "modle",
                "checkpoint.pt",
                out("a.pt"));
    }
}
