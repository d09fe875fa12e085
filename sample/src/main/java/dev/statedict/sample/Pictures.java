package dev.statedict.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.IChart;

/** The pictures of a training: {@code curves.png}, {@code weights.png}, {@code confusion.png}. */
final class Pictures {
    private Pictures() {}

    /** Writes all of them; the model is pictured as it is now. */
    static void write(Training training, Path directory) throws IOException {
        write(CurvesPicture.of(training), 1, directory.resolve("curves.png"));
        write(WeightsPicture.of(training), 2, directory.resolve("weights.png"));
        write(List.of(ConfusionPicture.of(training)), 1, directory.resolve("confusion.png"));
    }

    private static void write(List<? extends IChart> charts, int rows, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(charts, rows, charts.size() / rows, out, BitmapFormat.PNG);
        }
    }
}
