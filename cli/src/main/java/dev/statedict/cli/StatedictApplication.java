package dev.statedict.cli;

import dev.statedict.cli.Screen.OutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line. */
@Command(
        name = "statedict",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = StatedictApplication.Version.class,
        description = "Looks into checkpoint files, compares, converts and checks them. Nothing in them is executed.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:yes, or done", "1:no: different, not compatible, not plain", "2:what was given will not do"})
public final class StatedictApplication {
    /** What a shell says of a program that wrote to a pipe which nobody reads any more. */
    private static final int PIPE_CLOSED = 141;

    /** What picocli can print help on. */
    private static final int NARROWEST_HELP = 55;

    private static final int WIDEST_HELP = 100;

    /** In the order of the help. */
    private static final Map<String, Function<Screen, Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("ls", LsCommand::new);
        COMMANDS.put("show", ShowCommand::new);
        COMMANDS.put("meta", MetaCommand::new);
        COMMANDS.put("diff", DiffCommand::new);
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("verify", VerifyCommand::new);
        COMMANDS.put("scan", ScanCommand::new);
        COMMANDS.put("convert", ConvertCommand::new);
        COMMANDS.put("rename", RenameCommand::new);
        COMMANDS.put("cat", CatCommand::new);
        COMMANDS.put("split", SplitCommand::new);
        COMMANDS.put("sign", SignCommand::new);
    }

    @Mixin
    private final HelpOption help = new HelpOption();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    private boolean version;

    private StatedictApplication() {}

    /**
     * Runs a command and exits: 0 for yes or done, 1 for no, 2 when what was given will not do.
     *
     * @param arguments a command and its options; {@code --help} lists them
     */
    public static void main(String[] arguments) {
        Screen screen = Screen.ofProcess();
        int exitCode = run(screen, arguments);
        // halt, for what is left to do at an exit is nothing, and takes its time
        Runtime.getRuntime().halt(exitCode);
    }

    static int run(Screen screen, String... arguments) {
        AtomicReference<@Nullable OutputException> thrown = new AtomicReference<>();
        CommandLine commandLine = commandLine(screen, arguments).setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof OutputException unwritable) {
                thrown.set(unwritable); // thrown on, picocli would print it
                return Complaint.EXIT_CODE;
            }
            screen.out().flush();
            return Complaint.print(screen.err(), e);
        });
        OutputException failed;
        try {
            int exitCode = commandLine.execute(arguments);
            failed = thrown.get();
            if (failed == null) {
                screen.out().flush();
                return exitCode;
            }
        } catch (OutOfMemoryError | StackOverflowError exhausted) {
            return Complaint.print(screen.err(), exhausted);
        } catch (OutputException atTheEnd) {
            failed = atTheEnd;
        }
        return failed.isPipeClosed() ? PIPE_CLOSED : Complaint.print(screen.err(), failed);
    }

    /** With all commands, or the one that is asked for: describing a command to picocli takes milliseconds. */
    static CommandLine commandLine(Screen screen, String... arguments) {
        CommandLine commandLine = new CommandLine(new StatedictApplication());
        Function<Screen, Object> asked = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        if (asked == null) {
            COMMANDS.values().forEach(command -> commandLine.addSubcommand(command.apply(screen)));
        } else {
            commandLine.addSubcommand(asked.apply(screen));
        }
        return commandLine
                .setOut(screen.out())
                .setErr(screen.err())
                .setColorScheme(Help.defaultColorScheme(screen.colors() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setUsageHelpWidth(Math.max(NARROWEST_HELP, Math.min(screen.columns(), WIDEST_HELP)))
                .setParameterExceptionHandler((e, given) -> Complaint.print(screen.err(), usage(e)));
    }

    private static String usage(ParameterException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "; for help: "
                + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    }

    /** As the jar's manifest says it. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = StatedictApplication.class.getPackage().getImplementationVersion();
            return new String[] {"statedict " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Writes the script that lets bash and zsh complete subcommands and options; the build runs it. */
    static final class Completion {
        private Completion() {}

        public static void main(String... arguments) throws IOException {
            Path script = Path.of(arguments[0]);
            Files.createDirectories(script.getParent());
            Files.writeString(script, AutoComplete.bash("statedict", commandLine(Screen.ofProcess())));
        }
    }
}
