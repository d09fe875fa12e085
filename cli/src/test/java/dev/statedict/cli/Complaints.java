package dev.statedict.cli;

import static org.assertj.core.api.Assertions.assertThat;

/** What every complaint is: one line on standard error, exit code 2, nothing on standard output. */
final class Complaints {
    private Complaints() {}

    static void assertComplaint(String message, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.err()).isEqualTo("statedict: " + message + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
