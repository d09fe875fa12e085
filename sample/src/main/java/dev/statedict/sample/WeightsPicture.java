package dev.statedict.sample;

import dev.statedict.tensor.Tensor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/**
 * The weights of each digit as an image: red where ink speaks for the digit, blue where it speaks against it. A legend below
 * says so.
 */
final class WeightsPicture {
    private static final Color[] BLUE_WHITE_RED = {ChartStyle.BLUE, Color.WHITE, ChartStyle.RED};
    private static final int COLUMNS = 5;
    private static final int WIDTH = 280;
    private static final int HEIGHT = 310;
    private static final int LEGEND_HEIGHT = 90;
    private static final int BAR_WIDTH = 420;
    private static final int BAR_HEIGHT = 18;

    private WeightsPicture() {}

    /** Ten charts on one scale, which is symmetric about 0, and the scale. */
    static BufferedImage of(Training training) {
        Tensor weight = training.model().fc.weight;
        double most = 0;
        for (float value : weight.toArray()) {
            most = Math.max(most, Math.abs(value));
        }
        double scale = most;
        BufferedImage image = new BufferedImage(
                COLUMNS * WIDTH, Digits.CLASSES / COLUMNS * HEIGHT + LEGEND_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int digit = 0; digit < Digits.CLASSES; digit++) {
            HeatMapChart chart = chart(digit, weight.select(0, digit).reshape(Digits.SIDE, Digits.SIDE), scale);
            BufferedImage drawn = BitmapEncoder.getBufferedImage(chart);
            graphics.drawImage(drawn, digit % COLUMNS * WIDTH, digit / COLUMNS * HEIGHT, null);
        }
        drawLegend(graphics, (image.getWidth() - BAR_WIDTH) / 2, image.getHeight() - LEGEND_HEIGHT + 14, scale);
        graphics.dispose();
        return image;
    }

    private static void drawLegend(Graphics2D graphics, int left, int top, double scale) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setPaint(
                new LinearGradientPaint(left, top, left + BAR_WIDTH, top, new float[] {0, 0.5f, 1}, BLUE_WHITE_RED));
        graphics.fillRect(left, top, BAR_WIDTH, BAR_HEIGHT);
        graphics.setColor(ChartStyle.GRID);
        graphics.drawRect(left, top, BAR_WIDTH, BAR_HEIGHT);

        graphics.setColor(ChartStyle.INK);
        graphics.setFont(ChartStyle.font(Font.PLAIN, 15));
        int middle = left + BAR_WIDTH / 2;
        int right = left + BAR_WIDTH;
        int below = top + BAR_HEIGHT + 20;
        drawCentred(graphics, String.format(Locale.ROOT, "%.2f", -scale), left, below);
        drawCentred(graphics, "0", middle, below);
        drawCentred(graphics, String.format(Locale.ROOT, "%.2f", scale), right, below);
        int beside = top + BAR_HEIGHT - 4;
        String against = "ink here speaks against the digit";
        graphics.drawString(against, left - 14 - graphics.getFontMetrics().stringWidth(against), beside);
        graphics.drawString("ink here speaks for the digit", right + 14, beside);
        drawCentred(graphics, "weight of a pixel", middle, below + 22);
    }

    private static void drawCentred(Graphics2D graphics, String text, int x, int y) {
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
    }

    private static HeatMapChart chart(int digit, Tensor image, double scale) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
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
