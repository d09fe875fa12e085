package dev.statedict.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sign",
        header = "Writes a file with a signature.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        description =
                "By Ed25519, over the digest of each tensor with its key, type and shape, the metadata, versions and"
                        + " extra state; verify --key checks it. Both files may be one, by --force.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  statedict sign --key example-private.pem model.safetensors signed.safetensors",
            "  statedict sign --key example-private.pem model.safetensors signed.pt",
        })
final class SignCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final InputOptions inputOptions = new InputOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--key",
            required = true,
            paramLabel = "PEM",
            description = "The private key, as openssl genpkey -algorithm ed25519 makes one.")
    private Path key = Path.of("");

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "A checkpoint file, shard index, directory or URL; - for standard input.")
    private String in = "";

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "A file that ends in .safetensors, .statedict or .npz, or in .pt, .pth, .bin or .ckpt.")
    private Path out = Path.of("");

    SignCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InputException {
        output.signBy(SigningKeys.privateKey(key));
        output.require(out);
        try (InputFile input = InputFile.of(in);
                OpenInput open = OpenInput.of(screen, input, inputOptions.readOptions())) {
            output.write(screen, out, open.dict(), open.metadata());
        }
        return 0;
    }
}
