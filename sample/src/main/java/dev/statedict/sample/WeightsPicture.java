package dev.statedict.sample;

import dev.statedict.tensor.Tensor;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/** The weights of each digit as an image: red where ink speaks for the digit, blue where it speaks against it. */
final class WeightsPicture {
    private static final Color[] BLUE_WHITE_RED = {ChartStyle.BLUE, Color.WHITE, ChartStyle.RED};

    private WeightsPicture() {}

    /** Ten charts on one scale, which is symmetric about 0. */
    static List<HeatMapChart> of(Training training) {
        Tensor weight = training.model().fc.weight;
        double most = 0;
        for (float value : weight.toArray()) {
            most = Math.max(most, Math.abs(value));
        }
        double scale = most;
        return IntStream.range(0, Digits.CLASSES)
                .mapToObj(digit -> chart(digit, weight.select(0, digit).reshape(Digits.SIDE, Digits.SIDE), scale))
                .toList();
    }

    private static HeatMapChart chart(int digit, Tensor image, double scale) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(280)
                .height(310)
                .title(Integer.toString(digit))
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setAxisTicksVisible(false);
        chart.getStyler().setPlotBorderVisible(true);
        chart.getStyler().setPlotBorderColor(ChartStyle.GRID);
        chart.getStyler().setPlotContentSize(1);
        chart.getStyler().setRangeColors(BLUE_WHITE_RED);
        chart.getStyler().setMin(-scale);
        chart.getStyler().setMax(scale);

        List<Integer> side = IntStream.range(0, Digits.SIDE).boxed().toList();
        List<Number[]> cells = new ArrayList<>();
        for (int x : side) {
            for (int y : side) {
                cells.add(new Number[] {x, y, image.get(Digits.SIDE - 1 - y, x)}); // y grows upwards
            }
        }
        chart.addSeries("weight", side, side, cells);
        return chart;
    }
}
