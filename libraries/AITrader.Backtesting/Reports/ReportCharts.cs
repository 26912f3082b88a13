using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace AITrader.Backtesting.Reports;

/// <summary>The charts of a report, as SVG that stands by itself.</summary>
internal static class ReportCharts
{
    private const double Width = 980;
    private const double Height = 300;
    private const int MaxPoints = 2_000;

    private static readonly OxyColor Ours = OxyColor.FromRgb(0x1f, 0x6f, 0xeb);
    private static readonly OxyColor Theirs = OxyColor.FromRgb(0x8b, 0x94, 0x9e);
    private static readonly OxyColor Up = OxyColor.FromRgb(0x1a, 0x7f, 0x37);
    private static readonly OxyColor Down = OxyColor.FromRgb(0xcf, 0x22, 0x2e);

    /// <summary>Equity, and what buying and holding would have given.</summary>
    internal static string Equity(BacktestResult result)
    {
        var plot = Plot(result.Currency);
        plot.Series.Add(Line("strategy", Ours, 1.6, Thin(result.Equity).Select(static point => Point(point.Time, (double)point.Equity))));
        plot.Series.Add(
            Line("buy and hold", Theirs, 1.0, Thin(result.Benchmark).Select(static point => Point(point.Time, (double)point.Equity)))
        );
        return Svg(plot);
    }

    /// <summary>How far equity is below its highest so far, in percent.</summary>
    internal static string Drawdown(BacktestResult result)
    {
        var peak = decimal.MinValue;
        var falls = new List<DataPoint>();
        foreach (var point in result.Equity)
        {
            peak = Math.Max(peak, point.Equity);
            falls.Add(Point(point.Time, peak > 0m ? (double)((point.Equity / peak) - 1m) * 100 : 0));
        }

        var plot = Plot("%");
        var area = new AreaSeries
        {
            Color = Down,
            Fill = OxyColor.FromAColor(40, Down),
            StrokeThickness = 1,
        };
        area.Points.AddRange(Thin(falls));
        plot.Series.Add(area);
        return Svg(plot);
    }

    /// <summary>The price of a symbol, with each execution on it.</summary>
    internal static string Trades(BacktestResult result, MarketTape tape, string symbol)
    {
        var plot = Plot(symbol);
        plot.Series.Add(Line("price", Theirs, 1.0, Prices(tape, symbol)));
        var fills = result.Fills.Where(fill => fill.Symbol == symbol).ToList();
        plot.Series.Add(Marks("buy", MarkerType.Triangle, Up, fills.Where(static fill => fill.Side == Side.Buy)));
        plot.Series.Add(Marks("sell", MarkerType.Diamond, Down, fills.Where(static fill => fill.Side == Side.Sell)));
        return Svg(plot);
    }

    // The lowest and the highest price of each stretch: a thinned chart shows every extreme.
    private static IEnumerable<DataPoint> Prices(MarketTape tape, string symbol)
    {
        var index = tape.Symbols.ToList().IndexOf(symbol);
        var ticks = tape.Ticks.ToArray().Where(tick => tick.Symbol == index).ToList();
        foreach (var stretch in ticks.Chunk(Math.Max(1, (ticks.Count * 2 / MaxPoints) + 1)))
        {
            var (low, high) = (stretch.MinBy(static tick => tick.Price.Nanos), stretch.MaxBy(static tick => tick.Price.Nanos));
            var (first, second) = low.TimeMicros <= high.TimeMicros ? (low, high) : (high, low);
            yield return Point(first);
            if (second != first)
            {
                yield return Point(second);
            }
        }
    }

    private static IEnumerable<T> Thin<T>(IReadOnlyList<T> points)
    {
        var every = Math.Max(1, points.Count / MaxPoints);
        return points.Where((_, i) => i % every == 0 || i == points.Count - 1);
    }

    private static DataPoint Point(PackedTick tick) => Point(EventTime.FromMicros(tick.TimeMicros), tick.Price.ToDouble());

    private static DataPoint Point(DateTimeOffset time, double value) => new(DateTimeAxis.ToDouble(time.UtcDateTime), value);

    private static PlotModel Plot(string unit)
    {
        var plot = new PlotModel { PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1), DefaultFontSize = 11 };
        plot.Axes.Add(new DateTimeAxis { Position = AxisPosition.Bottom, TickStyle = TickStyle.Outside });
        plot.Axes.Add(
            new LinearAxis
            {
                Position = AxisPosition.Left,
                Title = unit,
                MajorGridlineStyle = LineStyle.Solid,
                MajorGridlineColor = OxyColor.FromRgb(0xea, 0xee, 0xf2),
                TickStyle = TickStyle.None,
                AxislineStyle = LineStyle.None,
            }
        );
        return plot;
    }

    private static LineSeries Line(string title, OxyColor color, double thickness, IEnumerable<DataPoint> points)
    {
        var line = new LineSeries
        {
            Title = title,
            Color = color,
            StrokeThickness = thickness,
        };
        line.Points.AddRange(points);
        return line;
    }

    private static ScatterSeries Marks(string title, MarkerType type, OxyColor color, IEnumerable<Fill> fills)
    {
        var marks = new ScatterSeries
        {
            Title = title,
            MarkerType = type,
            MarkerFill = color,
            MarkerSize = 4,
        };
        marks.Points.AddRange(
            fills.Select(static fill => new ScatterPoint(DateTimeAxis.ToDouble(fill.Timestamp.UtcDateTime), (double)fill.Price))
        );
        return marks;
    }

    private static string Svg(PlotModel plot)
    {
        var exporter = new SvgExporter
        {
            Width = Width,
            Height = Height,
            IsDocument = false,
        };
        return exporter.ExportToString(plot);
    }
}
