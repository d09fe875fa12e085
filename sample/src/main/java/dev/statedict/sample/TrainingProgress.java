package dev.statedict.sample;

import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells how training goes on. */
sealed interface TrainingProgress extends AutoCloseable {
    void after(Epoch epoch);

    @Override
    void close();

    /** A bar on standard error, for a person at a terminal. */
    static TrainingProgress bar(int epochs) {
        return new Bar(epochs);
    }

    /** A line for each epoch, for a log. */
    static TrainingProgress lines(int epochs, PrintWriter out) {
        return new Lines(epochs, out);
    }

    /** A bar that redraws itself. */
    final class Bar implements TrainingProgress {
        /** Less than this leaves no room for a name, the time to go and the loss beside the bar. */
        private static final int WIDE = 72;

        private final ProgressBar bar;
        private final boolean wide;

        private Bar(int epochs) {
            ConsoleProgressBarConsumer terminal = new ConsoleProgressBarConsumer(System.err); // asks how wide it is
            wide = terminal.getMaxRenderedLength() >= WIDE;
            ProgressBarBuilder builder = new ProgressBarBuilder()
                    .setTaskName(wide ? "training" : "")
                    .setInitialMax(epochs)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(terminal);
            bar = (wide ? builder : builder.hideEta()).build();
        }

        @Override
        public void after(Epoch epoch) {
            if (wide) {
                bar.setExtraMessage(String.format(
                        Locale.ROOT, " loss %.4f", epoch.validation().loss()));
            }
            bar.step();
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Plain lines. */
    final class Lines implements TrainingProgress {
        private final int epochs;
        private final PrintWriter out;

        private Lines(int epochs, PrintWriter out) {
            this.epochs = epochs;
            this.out = out;
        }

        @Override
        public void after(Epoch epoch) {
            out.print(String.format(
                    Locale.ROOT,
                    "epoch %d/%d: training loss %.4f, accuracy %.4f; validation loss %.4f, accuracy %.4f\n",
                    epoch.number(),
                    epochs,
                    epoch.training().loss(),
                    epoch.training().accuracy(),
                    epoch.validation().loss(),
                    epoch.validation().accuracy()));
            out.flush();
        }

        @Override
        public void close() {}
    }
}
