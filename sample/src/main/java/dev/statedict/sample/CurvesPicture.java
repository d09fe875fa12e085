package dev.statedict.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Loss and accuracy by epoch, on the training and the validation rows; the best epoch is marked. */
final class CurvesPicture {
    private CurvesPicture() {}

    /** Two charts, to be shown side by side. */
    static List<XYChart> of(Training training) {
        return List.of(
                chart(training, "cross-entropy", Evaluation::loss, LegendPosition.InsideNE),
                chart(training, "accuracy", Evaluation::accuracy, LegendPosition.InsideSE));
    }

    private static XYChart chart(
            Training training, String measure, ToDoubleFunction<Evaluation> value, LegendPosition legend) {
        int best = training.best().epoch().number();
        XYChart chart = new XYChartBuilder()
                .width(760)
                .height(520)
                .title(measure)
                .xAxisTitle("epoch (dashed: " + best + ", the best by validation loss)")
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setLegendPosition(legend);
        chart.getStyler().setXAxisDecimalPattern("0");
        chart.getStyler().setXAxisMin(0.0);
        if (training.history().size() == 1) {
            chart.getStyler().setXAxisMax(2.0); // a point in the middle, where the legend does not hide it
        }
        chart.getStyler().setXAxisTickMarkSpacingHint(100);
        chart.getStyler().setYAxisDecimalPattern("0.00");
        chart.getStyler().setAnnotationLineColor(ChartStyle.INK);
        chart.getStyler()
                .setAnnotationLineStroke(
                        new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 5}, 0));

        double[] epochs = training.history().stream().mapToDouble(Epoch::number).toArray();
        addSeries(chart, "training", epochs, training, epoch -> value.applyAsDouble(epoch.training()), ChartStyle.BLUE);
        addSeries(
                chart,
                "validation",
                epochs,
                training,
                epoch -> value.applyAsDouble(epoch.validation()),
                ChartStyle.ORANGE);
        chart.addAnnotation(new AnnotationLine(best, true, false));
        return chart;
    }

    private static void addSeries(
            XYChart chart,
            String name,
            double[] epochs,
            Training training,
            ToDoubleFunction<Epoch> value,
            Color color) {
        double[] values = training.history().stream().mapToDouble(value).toArray();
        chart.addSeries(name, epochs, values)
                .setMarker(values.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE) // one epoch makes no line
                .setMarkerColor(color)
                .setLineColor(color)
                .setLineStyle(ChartStyle.LINE);
    }
}
