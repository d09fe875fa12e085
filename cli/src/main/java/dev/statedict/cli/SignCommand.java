package dev.statedict.cli;

import dev.statedict.io.UnreadStateDict;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sign",
        header = "Writes a file with a signature.",
        description =
                "By Ed25519, over the digest of each tensor with its key, type and shape, the metadata, versions and"
                        + " extra state; verify --key checks it. Both files may be one, by --force.",
        footer = {
            "  statedict sign --key example-private.pem model.safetensors signed.safetensors",
            "  statedict sign --key example-private.pem model.safetensors signed.pt",
        })
final class SignCommand extends CopyingCommand {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "PEM",
            description = "The private key, as openssl genpkey -algorithm ed25519 makes one.")
    private Path key = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "A file that ends in .safetensors, .statedict or .npz, or in .pt, .pth, .bin or .ckpt.")
    private Path out = Path.of("");

    SignCommand(Screen screen) {
        super(screen);
    }

    @Override
    Path out() {
        return out;
    }

    @Override
    void prepare() throws IOException, InputException {
        output.signBy(SigningKeys.privateKey(key));
    }

    @Override
    UnreadStateDict copied(UnreadStateDict dict, String file) {
        return dict;
    }
}
