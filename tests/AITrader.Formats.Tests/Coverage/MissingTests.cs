using System.Globalization;
using AITrader.Domain.Time;
using AITrader.Formats.Coverage;

namespace AITrader.Formats.Tests.Coverage;

/// <summary>What of a series is missing, by the calendar of its market.</summary>
public sealed class MissingTests : IDisposable
{
    private const int MinuteLength = 16;

    private readonly string _folder = Directory.CreateTempSubdirectory("aitrader-coverage-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_whole_day_at_nse_has_375_minutes_and_nothing_overnight_or_at_weekends()
    {
        // Friday and Monday.
        var series = Bars("1m", "Asia/Kolkata", "NSE:INFY", [.. Minutes("2024-08-09T09:15", 375), .. Minutes("2024-08-12T09:15", 375)]);

        Assert.Equal(("bars-1m", 750), (series.Kind, series.Rows));
        Assert.Empty(series.Missing(CoverageCalendar.Of("NSE:INFY")));
    }

    [Fact]
    public void Minutes_at_the_begin_in_the_middle_and_at_the_end_are_missing()
    {
        var series = Bars("1m", "Asia/Kolkata", "NSE:INFY", [.. Minutes("2024-08-09T09:20", 10), .. Minutes("2024-08-09T09:33", 355)]);

        Assert.Equal(
            [("2024-08-09T03:45", 5L, false), ("2024-08-09T04:00", 3, false), ("2024-08-09T09:58", 2, false)],
            Of(series.Missing(CoverageCalendar.Nse))
        );
    }

    [Fact]
    public void A_trading_day_without_any_is_named_and_a_holiday_is_not()
    {
        // 15 August 2024, a Thursday, is a holiday; the 14th and the 16th are not.
        var series = Bars("1m", "Asia/Kolkata", "NSE:INFY", [.. Minutes("2024-08-13T09:15", 375), .. Minutes("2024-08-16T09:15", 375)]);

        Assert.Equal([("2024-08-14T03:45", 375L, true)], Of(series.Missing(CoverageCalendar.Nse)));
    }

    [Fact]
    public void Days_of_years_whose_holidays_are_not_known_are_not_missed()
    {
        var series = Bars("1m", "Asia/Kolkata", "NSE:INFY", [.. Minutes("2019-08-13T09:15", 375), .. Minutes("2019-08-16T09:15", 374)]);

        Assert.Equal([("2019-08-16T09:59", 1L, false)], Of(series.Missing(CoverageCalendar.Nse)));
    }

    [Fact]
    public void Daily_bars_are_missing_by_trading_days()
    {
        var series = Bars("1d", "Asia/Kolkata", "NSE:INFY", ["2024-08-12T00:00", "2024-08-14T00:00", "2024-08-16T00:00"]);

        Assert.Equal([new DateOnly(2024, 8, 13)], series.Missing(CoverageCalendar.Nse).Select(static span => span.Day));
    }

    [Fact]
    public void Coins_trade_always()
    {
        var series = Bars("5m", "UTC", "BTCUSDT", ["2023-11-10T03:30", "2023-11-10T03:35", "2023-11-10T04:05", "2023-11-12T00:00"]);

        Assert.Equal(
            [("2023-11-10T03:40", 5L, false), ("2023-11-10T04:10", 238, false), ("2023-11-11T00:00", 288, true)],
            Of(series.Missing(CoverageCalendar.Of("BTCUSDT")))
        );
    }

    [Fact]
    public void Files_count_together_in_whatever_order_they_come()
    {
        var folder = new FolderCoverage();
        foreach (var minute in (string[])["2024-08-08T00:02", "2024-08-08T00:00", "2024-08-08T00:01"])
        {
            folder.Add(Read("1m", "UTC", "BTCUSDT", [minute]), 10);
        }

        var series = Assert.Single(folder.Series);
        Assert.Equal((3L, 3, 30L), (series.Rows, series.Files, series.Bytes));
        Assert.Empty(series.Missing(CoverageCalendar.Always));
    }

    [Fact]
    public void Pauses_between_ticks_count_while_the_market_is_open()
    {
        var path = Write(
            "ticks.csv",
            """
            symbol,time,price,size,bid,ask
            NSE:INFY,2024-08-09T09:59:00Z,1,1,,
            NSE:INFY,2024-08-09T09:59:09Z,1,1,,
            NSE:INFY,2024-08-09T09:59:40Z,1,1,,
            NSE:INFY,2024-08-12T03:45:30Z,1,1,,

            """
        );
        var coverage = new FileCoverage();
        FileCheck.Run(path, coverage);

        Assert.Equal(
            [TimeSpan.FromSeconds(31), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30)],
            Assert.Single(coverage.Series).Missing(CoverageCalendar.Nse).Select(static span => span.Length)
        );
    }

    [Fact]
    public void Data_files_of_a_folder_are_those_that_can_be_read()
    {
        foreach (var name in (string[])["b.csv", "b.csv.map.json", "a.zip", "a.zip.CHECKSUM", "c.zip.part", ".hidden"])
        {
            Write(name, "x");
        }

        Assert.Equal(["a.zip", "b.csv"], MarketDataFolder.Files(_folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("NSE:M&M", "NSE-M&M")]
    [InlineData("NSE:NIFTY 50", "NSE-NIFTY-50")]
    [InlineData("../x", "---x")]
    public void Folders_of_series_stay_below_the_root(string symbol, string name) =>
        Assert.Equal(Path.Combine("root", name, "bars-1m"), MarketDataFolder.FolderOf("root", symbol, "bars-1m"));

    private static IEnumerable<string> Minutes(string first, int count) =>
        Enumerable
            .Range(0, count)
            .Select(minute =>
                DateTime.Parse(first, CultureInfo.InvariantCulture).AddMinutes(minute).ToString("s", CultureInfo.InvariantCulture)
            );

    private static IEnumerable<(string From, long Intervals, bool IsWhole)> Of(IEnumerable<MissingSpan> missing) =>
        missing.Select(static span =>
            (
                EventTime.FromMicros(span.FromMicros).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
                span.Intervals,
                span.IsWholeSession
            )
        );

    private SeriesCoverage Bars(string period, string zone, string symbol, IEnumerable<string> times) =>
        Assert.Single(Read(period, zone, symbol, times).Series);

    private FileCoverage Read(string period, string zone, string symbol, IEnumerable<string> times)
    {
        var path = Write(
            "bars.csv",
            $"t,o,h,l,c\n{string.Concat(times.Select(static time => $"{(time.Length == MinuteLength ? $"{time}:00" : time)},1,2,1,2\n"))}"
        );
        Write(
            "bars.csv.map.json",
            $$"""
            { "rows": "bars", "symbol": "{{symbol}}", "period": "{{period}}", "time": { "zone": "{{zone}}" },
              "columns": { "time": "t", "open": "o", "high": "h", "low": "l", "close": "c" } }
            """
        );
        var coverage = new FileCoverage();
        FileCheck.Run(path, coverage);
        return coverage;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
