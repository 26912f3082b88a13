using System.Globalization;
using System.Net;
using System.Text;
using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Backtesting.Search;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Reports;

/// <summary>One HTML file that stands by itself: no script, nothing loaded from elsewhere.</summary>
public static class HtmlReport
{
    private const int MaxRows = 500;

    private const string Style = """
        body { font: 14px/1.45 system-ui, sans-serif; color: #1f2328; margin: 2rem auto; max-width: 1000px; padding: 0 1rem }
        h1 { font-size: 1.5rem; margin-bottom: .2rem } h2 { font-size: 1.1rem; margin-top: 2rem }
        .facts { color: #59636e } .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: .5rem }
        .card { border: 1px solid #d1d9e0; border-radius: 6px; padding: .5rem .7rem } .card b { display: block; font-size: 1.05rem }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums } td, th { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid #eaeef2 }
        td:first-child, th:first-child { text-align: left } svg { width: 100%; height: auto }
        .doubt { background: #fff8c5; border: 1px solid #d4a72c; border-radius: 6px; padding: .5rem 1rem } .good { background: #dafbe1; border: 1px solid #4ac26b; border-radius: 6px; padding: .5rem 1rem }
        """;

    /// <summary>The page of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="performance">Its statistics.</param>
    /// <param name="tape">The data that it ran on.</param>
    /// <param name="search">The search that it is the best of; null where it is of none.</param>
    public static string Create(BacktestResult result, PerformanceReport performance, MarketTape tape, SearchResult? search = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(performance);
        ArgumentNullException.ThrowIfNull(tape);
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Text(result.Strategy)}: backtest</title><style>{Style}</style></head><body>"
        );
        Head(page, result);
        Verdict(page, search);
        Cards(page, StatisticsTable.Rows(result, performance));
        Chart(page, "Equity (blue), and buying and holding (grey)", ReportCharts.Equity(result));
        Chart(page, "Drawdown", ReportCharts.Drawdown(result));
        Months(page, performance.Monthly);
        foreach (var symbol in result.Symbols)
        {
            Chart(page, $"{symbol}: buys (green) and sells (red)", ReportCharts.Trades(result, tape, symbol));
        }

        Trials(page, search);
        Tags(page, result);
        Trades(page, result);
        Fills(page, result);
        Log(page, result);
        return page.Append("</body></html>").ToString();
    }

    private static void Head(StringBuilder page, BacktestResult result)
    {
        var options = string.Join(", ", result.Options.Select(static option => $"{option.Key} = {option.Value}"));
        page.Append(
            CultureInfo.InvariantCulture,
            $"<h1>{Text(result.Strategy)}</h1><p class=\"facts\">{Text(string.Join(", ", result.Symbols))} · {result.From:yyyy-MM-dd HH:mm} to {result.To:yyyy-MM-dd HH:mm} UTC · {result.Ticks:N0} ticks · started with {StatisticsTable.Amount(result.StartingCash)} {Text(result.Currency)}<br>{Text(options)}<br>run {Text(result.Run)} · data sha256 {Text(result.DataHash)}</p>"
        );
    }

    private static void Verdict(StringBuilder page, SearchResult? search)
    {
        if (search is null)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<h2>The best of {search.Trials.Count} trials</h2>");
        if (search.Doubts.Count == 0)
        {
            page.Append(
                "<div class=\"good\">Nothing speaks against it: its Sharpe ratio stands after deflation, cross-validation finds no overfitting, and it earned on the data that was held out.</div>"
            );
            return;
        }

        page.Append("<div class=\"doubt\"><b>Not called good.</b><ul>");
        foreach (var doubt in search.Doubts)
        {
            page.Append(CultureInfo.InvariantCulture, $"<li>{Text(doubt)}</li>");
        }

        page.Append("</ul></div>");
    }

    private static void Cards(StringBuilder page, IEnumerable<(string Name, string Value)> rows)
    {
        page.Append("<h2>Statistics</h2><div class=\"cards\">");
        foreach (var (name, value) in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"card\">{Text(name)}<b>{Text(value)}</b></div>");
        }

        page.Append("</div>");
    }

    private static void Chart(StringBuilder page, string title, string svg) =>
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(title)}</h2>{svg}");

    private static void Months(StringBuilder page, IReadOnlyList<MonthlyReturn> months)
    {
        page.Append("<h2>Monthly returns</h2><table><tr><th>year</th>");
        for (var month = 1; month <= 12; month++)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<th>{CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month)}</th>"
            );
        }

        page.Append("</tr>");
        foreach (var year in months.GroupBy(static month => month.Year))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{year.Key}</td>");
            for (var month = 1; month <= 12; month++)
            {
                page.Append(MonthCell(year.FirstOrDefault(known => known.Month == month).Return));
            }

            page.Append("</tr>");
        }

        page.Append("</table>");
    }

    // The deeper the colour, the larger the return; full at 10 %.
    private static string MonthCell(double? value)
    {
        if (value is not { } known)
        {
            return "<td></td>";
        }

        var alpha = Math.Min(1.0, Math.Abs(known) / 0.1) * 0.6;
        var color = known >= 0 ? "26,127,55" : "207,34,46";
        return string.Create(CultureInfo.InvariantCulture, $"<td style=\"background: rgba({color},{alpha:0.00})\">{known * 100:0.0}</td>");
    }

    private static void Trials(StringBuilder page, SearchResult? search)
    {
        if (search is null)
        {
            return;
        }

        page.Append("<h2>Trials</h2><table><tr><th>options</th><th>score</th><th>return</th><th>max drawdown</th><th>executions</th></tr>");
        foreach (var trial in search.Trials.OrderByDescending(static trial => trial.Score ?? double.NegativeInfinity).Take(MaxRows))
        {
            var options = string.Join(", ", trial.Options.Select(static option => $"{option.Key} = {option.Value}"));
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Text(options)}</td><td>{StatisticsTable.Number(trial.Score)}</td><td>{StatisticsTable.Percent(trial.TotalReturn)}</td><td>{StatisticsTable.Percent(trial.MaxDrawdown)}</td><td>{trial.Fills}</td></tr>"
            );
        }

        page.Append("</table>");
    }

    private static void Tags(StringBuilder page, BacktestResult result)
    {
        page.Append("<h2>By tag of the order</h2><table><tr><th>tag</th><th>executions</th><th>realised</th><th>fees</th></tr>");
        foreach (var tag in result.Tags)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Text(tag.Tag)}</td><td>{tag.Fills}</td><td>{StatisticsTable.Amount(tag.Realised)}</td><td>{StatisticsTable.Amount(tag.Fees)}</td></tr>"
            );
        }

        page.Append("</table>");
    }

    private static void Trades(StringBuilder page, BacktestResult result)
    {
        page.Append(
            CultureInfo.InvariantCulture,
            $"<h2>Trades{Shown(result.Trades.Count)}</h2><table><tr><th>entry</th><th>symbol</th><th>side</th><th>quantity</th><th>entry price</th><th>exit</th><th>exit price</th><th>profit after fees</th><th>worst</th><th>best</th></tr>"
        );
        foreach (var trade in result.Trades.Take(MaxRows))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{trade.EntryTime:yyyy-MM-dd HH:mm:ss}</td><td>{Text(trade.Symbol)}</td><td>{trade.Side}</td><td>{trade.Quantity}</td><td>{trade.EntryPrice}</td><td>{trade.ExitTime:yyyy-MM-dd HH:mm:ss}</td><td>{trade.ExitPrice}</td><td>{StatisticsTable.Amount(trade.NetProfit)}</td><td>{StatisticsTable.Amount(trade.MaxAdverse)}</td><td>{StatisticsTable.Amount(trade.MaxFavourable)}</td></tr>"
            );
        }

        page.Append("</table>");
    }

    private static void Fills(StringBuilder page, BacktestResult result)
    {
        page.Append(
            CultureInfo.InvariantCulture,
            $"<h2>Executions{Shown(result.Fills.Count)}</h2><table><tr><th>time</th><th>symbol</th><th>side</th><th>quantity</th><th>price</th><th>fee</th></tr>"
        );
        foreach (var fill in result.Fills.Take(MaxRows))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{fill.Timestamp:yyyy-MM-dd HH:mm:ss.fff}</td><td>{Text(fill.Symbol)}</td><td>{fill.Side}</td><td>{fill.Quantity}</td><td>{fill.Price}</td><td>{fill.Fee}</td></tr>"
            );
        }

        page.Append("</table>");
    }

    private static void Log(StringBuilder page, BacktestResult result)
    {
        if (result.Log.Count == 0)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<h2>Log{Shown(result.Log.Count)}</h2><table>");
        foreach (var line in result.Log.Take(MaxRows))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{line.Time:yyyy-MM-dd HH:mm:ss.fff}</td><td style=\"text-align: left\">{Text(line.Text)}</td></tr>"
            );
        }

        page.Append("</table>");
    }

    private static string Shown(int count) =>
        count > MaxRows ? string.Create(CultureInfo.InvariantCulture, $" (the first {MaxRows} of {count:N0})") : string.Empty;

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
