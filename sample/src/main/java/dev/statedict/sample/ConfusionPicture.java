package dev.statedict.sample;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/** How often each digit of the test rows was taken for which. */
final class ConfusionPicture {
    private ConfusionPicture() {}

    static HeatMapChart of(Training training) {
        return of(Confusion.of(training.model(), training.test()));
    }

    private static HeatMapChart of(Confusion confusion) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(760)
                .height(760)
                .title("what the test digits were taken for")
                .xAxisTitle("taken for")
                .yAxisTitle("digit")
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setPlotContentSize(1);
        chart.getStyler().setRangeColors(new Color[] {Color.WHITE, ChartStyle.LIGHT_BLUE});
        chart.getStyler().setShowValue(true);
        chart.getStyler().setValueFont(ChartStyle.font(Font.PLAIN, 15));
        chart.getStyler().setMin(0);
        chart.getStyler().setYAxisTickMarkSpacingHint(40);
        chart.getStyler().setXAxisMaxLabelCount(Digits.CLASSES);

        List<Integer> digits = IntStream.range(0, Digits.CLASSES).boxed().toList();
        List<Integer> fromTheTop = digits.stream().map(ConfusionPicture::row).toList();
        List<Number[]> cells = new ArrayList<>();
        for (int actual : digits) {
            for (int named : digits) {
                int count = confusion.counts()[actual][named];
                if (count > 0) {
                    cells.add(new Number[] {named, row(actual), count});
                }
            }
        }
        chart.addSeries("count", digits, fromTheTop, cells);
        return chart;
    }

    /** The chart's y axis grows upwards, a matrix downwards. */
    private static int row(int digit) {
        return Digits.CLASSES - 1 - digit;
    }
}
