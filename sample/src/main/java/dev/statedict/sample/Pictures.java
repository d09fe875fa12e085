package dev.statedict.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.IChart;

/** The pictures of a training: {@code curves.png}, {@code weights.png}, {@code confusion.png}. */
final class Pictures {
    private Pictures() {}

    /** Writes all of them; the model is pictured as it is now. */
    static void write(Training training, Path directory) throws IOException {
        write(CurvesPicture.of(training), directory.resolve("curves.png"));
        write(List.of(ConfusionPicture.of(training)), directory.resolve("confusion.png"));
        try (OutputStream out = Files.newOutputStream(directory.resolve("weights.png"))) {
            ImageIO.write(WeightsPicture.of(training), "png", out);
        }
    }

    /** Writes charts side by side. */
    private static void write(List<? extends IChart> charts, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(charts, 1, charts.size(), out, BitmapFormat.PNG);
        }
    }
}
