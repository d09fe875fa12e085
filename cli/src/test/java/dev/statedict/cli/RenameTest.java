package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenameTest {
    @TempDir
    private Path directory;

    private String out() {
        return directory.resolve("renamed.safetensors").toString();
    }

    @Test
    void modulesAreRenamedWithAllThatIsBelowThem() {
        assertThat(CommandRun.of("rename", "model.safetensors", out(), "embed=wte", "layers.3=layers.12", "norm=ln_f"))
                .isEqualTo(new CommandRun(0, "wrote " + out() + ": 77 tensors, 8.8 kB\n", ""));
        assertThat(CommandRun.of("ls", out()).out())
                .contains("wte.weight", "layers.{0..2,4..12}.norm.bias", "ln_f.bias")
                .doesNotContain("embed.weight", "\nnorm.");
    }

    @Test
    void prefixesAreTakenAwayFirstAndPutBeforeLast() {
        CommandRun.of(
                "rename",
                "--remove-prefix",
                "layers.0.attention.",
                "--add-prefix",
                "x.",
                "model.safetensors",
                out(),
                "norm=n");

        assertThat(CommandRun.of("ls", out(), "x.n.*", "x.query.*", "x.layers.1.*")
                        .out())
                .contains("x.n.weight", "x.query.weight", "x.layers.1.norm.bias");
    }

    @Test
    void aNameThatIsNotThereIsNamed() {
        assertComplaint(
                "no key of model.safetensors is norms or lies below it; statedict ls lists all 77",
                "rename",
                "model.safetensors",
                out(),
                "norms=ln");
        assertComplaint(
                "no key of model.safetensors begins with module.; statedict ls lists all 77",
                "rename",
                "--remove-prefix",
                "module.",
                "model.safetensors",
                out());
        assertComplaint(
                "there is nothing to rename; give OLD=NEW, --remove-prefix or --add-prefix",
                "rename",
                "model.safetensors",
                out());
    }

    @Test
    void twoKeysThatBecomeOneAreNamed() {
        CommandRun run = CommandRun.of("rename", "model.safetensors", out(), "layers.1=layers.0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains("layers.0.attention.query.bias");
    }
}
