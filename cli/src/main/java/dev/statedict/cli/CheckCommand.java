package dev.statedict.cli;

import dev.statedict.SchemaReport;
import dev.statedict.StateDictSchema;
import dev.statedict.io.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        header = "Checks whether a file loads into a module class.",
        description = "By the schema that the annotation processor wrote: keys,"
                + " former names, shapes, versions. No tensor is read and no class is loaded.",
        footer = {
            "  statedict check model.safetensors --schema classes",
            "  statedict check model.safetensors --schema classes --class com.example.Block",
            "  statedict check model.safetensors --class com.example.Transformer --class-path classes",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it loads", "1:it does not", "2:what was given will not do"})
final class CheckCommand extends StatedictCommand {
    private static final int LOADS = 0;
    private static final int DOES_NOT_LOAD = 1;

    @Parameters(index = "0", paramLabel = "FILE", description = InputFile.DESCRIPTION)
    private String file = "";

    @Option(
            names = "--schema",
            paramLabel = "DIR",
            description = "A class output, which has META-INF/statedict, or a directory of locks.")
    private @Nullable Path directory;

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "The module class, com.example.Outer$$Inner; not needed where one class holds all others.")
    private @Nullable String className;

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Directories and jars in which the class is, when there is no --schema; else target/classes.")
    private String classPath = "target/classes";

    CheckCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException, InputException {
        StateDictSchema schema = schema();
        try (InputFile input = InputFile.of(file);
                Checkpoint checkpoint = input.open()) {
            SchemaReport report = checkpoint.check(schema);
            String model = schema.toString().lines().findFirst().orElse("");
            screen.println(Printable.line(
                    input.name() + (report.isCompatible() ? " loads into " : " does not load into ") + model));
            report.toString().lines().forEach(line -> screen.println("  " + Printable.line(line.strip())));
            return report.isCompatible() ? LOADS : DOES_NOT_LOAD;
        }
    }

    private StateDictSchema schema() throws IOException, InputException {
        if (directory != null) {
            return SchemaSource.ofDirectory(directory, className);
        }
        if (className == null) {
            throw new InputException("there is nothing to check against; give --schema DIR, or --class NAME");
        }
        return SchemaSource.ofClassPath(classPath, className);
    }
}
