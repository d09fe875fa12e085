package dev.statedict.sample;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The sample's command line. */
@Command(
        name = "statedict-sample",
        synopsisSubcommandLabel = "COMMAND",
        description = "State dicts at work on logistic regression.")
public final class SampleApplication {
    private static final int OUTPUT_LOST = 1;
    private static final int BAD_INPUT = 2;

    @Mixin
    private final HelpOption help = new HelpOption();

    private SampleApplication() {}

    /**
     * Runs a command and exits: 0 when it succeeded, 1 when its output could not be written, 2 when what was given will not
     * do.
     *
     * @param arguments a command and its options; {@code --help} lists them
     */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        System.exit(run(new StandardOutput(), new PrintWriter(System.err, true), arguments));
    }

    static int run(StandardOutput output, PrintWriter err, String... arguments) {
        PrintWriter out = output.writer();
        int exitCode = run(out, err, arguments);
        if (!out.checkError()) { // which flushes
            return exitCode;
        }
        output.failure()
                .ifPresent(cause ->
                        err.println("statedict-sample: cannot write to standard output (" + cause + "); make room"));
        return exitCode == 0 ? OUTPUT_LOST : exitCode;
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new SampleApplication())
                .addSubcommand(new TraceCommand(out))
                .addSubcommand(new TrainCommand(out, err))
                .addSubcommand(new PredictCommand(out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, given) -> complain(err, usage(e)))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (e instanceof InputException) {
                        return complain(err, String.valueOf(e.getMessage()));
                    }
                    throw e;
                });
        try {
            return commandLine.execute(arguments);
        } finally {
            out.flush();
        }
    }

    private static int complain(PrintWriter err, String message) {
        err.println("statedict-sample: " + message);
        return BAD_INPUT;
    }

    private static String usage(ParameterException e) {
        String command =
                e.getCommandLine().getCommandSpec().qualifiedName().replace("statedict-sample", "statedict-sample.jar");
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "; for help: java -jar " + command
                + " --help";
    }
}
