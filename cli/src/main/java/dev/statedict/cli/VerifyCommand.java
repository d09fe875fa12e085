package dev.statedict.cli;

import dev.statedict.io.Checkpoint;
import dev.statedict.io.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        header = "Checks that a file is sound.",
        description = "Its structure, every tensor, and the sums that its format has: CRC-32 in a"
                + " .pt, SHA-256 of each tensor where they were asked for on writing, and by --key the signature. One"
                + " tensor is in memory at a time.",
        footer = {
            "  statedict verify model.safetensors",
            "  statedict verify --key example-public.pem signed-model.safetensors",
        })
final class VerifyCommand extends StatedictCommand {
    @Option(
            names = "--key",
            paramLabel = "PEM",
            description = "The public key of who must have signed it; may be repeated, for one of several.")
    private List<Path> keys = new ArrayList<>();

    @Parameters(index = "0", paramLabel = "FILE", description = InputFile.DESCRIPTION)
    private String file = "";

    VerifyCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException, InputException {
        ReadOptions options = readOptions();
        try (InputFile input = InputFile.of(file).fetched();
                Checkpoint checkpoint = open(input, options)) {
            Listing listing = Listing.of(checkpoint, List.copyOf(checkpoint.keys()));
            int sums = sums(input, checkpoint, listing);
            int digests = checkpoint.digests().size();
            int foreign = checkpoint.foreign().size();
            screen.println(Printable.line(input.name()) + ": sound; "
                    + Sizes.count(listing.items().size(), "tensor") + ", " + Sizes.bytes(listing.bytes())
                    + (sums == 0 ? "" : ", " + Sizes.count(sums, "CRC-32 sum"))
                    + (digests == 0 ? "" : ", " + Sizes.count(digests, "SHA-256 digest"))
                    + (sums + digests == 0 ? ", no sums in it to check against" : "")
                    + signature(checkpoint)
                    + (foreign == 0 ? "" : ", " + Sizes.count(foreign, "item") + " of another kind"));
        }
        return 0;
    }

    private ReadOptions readOptions() throws IOException, InputException {
        PublicKey[] trusted = new PublicKey[keys.size()];
        for (int i = 0; i < trusted.length; i++) {
            trusted[i] = SigningKeys.publicKey(keys.get(i));
        }
        return trusted.length == 0
                ? ReadOptions.defaults()
                : ReadOptions.defaults().withVerification(trusted);
    }

    private Checkpoint open(InputFile input, ReadOptions options) throws IOException, InputException {
        if (!keys.isEmpty()) {
            try (Checkpoint checkpoint = input.open()) {
                if (!checkpoint.isSigned()) {
                    throw new InputException(
                            input.name() + ": not signed; statedict sign signs a file, and without --key"
                                    + " no signature is asked for");
                }
            }
        }
        return input.open(options);
    }

    private String signature(Checkpoint checkpoint) {
        if (!checkpoint.isSigned()) {
            return "";
        }
        return keys.isEmpty() ? ", a signature that --key would verify" : ", signed by the key";
    }

    private int sums(InputFile input, Checkpoint checkpoint, Listing listing) throws IOException, InputException {
        Set<Path> archives = new LinkedHashSet<>();
        if (Files.isRegularFile(input.path())) {
            // also where all of it is deflated, so that no tensor lies in it as it is
            archives.add(input.path());
        }
        for (Listing.Item item : listing.items()) {
            Path holder = item.location().file();
            if (holder != null) {
                archives.add(holder);
            }
        }
        for (Path holder : List.copyOf(archives)) {
            if (!ArchiveSums.areIn(holder)) {
                archives.remove(holder);
            }
        }
        try (Progress progress = Progress.of(screen, "verifying", listing.bytes() * (archives.isEmpty() ? 1 : 2))) {
            for (Listing.Item item : listing.items()) {
                if (item.tiedTo() == null || checkpoint.digests().containsKey(item.key())) {
                    checkpoint.tensor(item.key());
                }
                progress.add(item.location().byteCount());
            }
            int sums = 0;
            for (Path archive : archives) {
                sums += ArchiveSums.check(archive, progress);
            }
            return sums;
        }
    }
}
