package dev.statedict.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;

/** What the pictures have in common. */
final class ChartStyle {
    static final Color INK = new Color(0x2b2b2b);
    static final Color GRID = new Color(0xe3e3e3);
    static final Color BLUE = new Color(0x2166ac);
    static final Color LIGHT_BLUE = new Color(0x6baed6);
    static final Color RED = new Color(0xb2182b);
    static final Color ORANGE = new Color(0xe08214);
    static final BasicStroke LINE = new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    private ChartStyle() {}

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Plain ink on white, no frames. */
    static void apply(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setChartFontColor(INK);
        styler.setChartTitleFont(font(Font.BOLD, 18));
        styler.setChartTitleBoxVisible(false);
        styler.setChartPadding(16);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setAxisTitleFont(font(Font.PLAIN, 14));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 13));
        styler.setAxisTickLabelsColor(INK);
        styler.setLegendFont(font(Font.PLAIN, 13));
        styler.setLegendBorderColor(Color.WHITE);
    }
}
