using System.Globalization;
using AITrader.Formats.Coverage;

namespace AITrader.Cli.Commands.Data;

/// <summary>Says what of a series is missing.</summary>
internal static class MissingView
{
    private const int SpansShown = 10;

    public static IEnumerable<string> Lines(SeriesCoverage series, CoverageCalendar calendar)
    {
        var missing = series.Missing(calendar);
        var days = missing.Where(static span => span.IsWholeSession).Select(static span => span.Day).ToList();
        var within = missing.Where(static span => !span.IsWholeSession).OrderByDescending(static span => span.Length).ToList();
        yield return $"{series.Symbol} {series.Kind}, {DataText.Time(series.FirstMicros)} to {DataText.Time(series.LastMicros)}: {Summary(series, missing)}";
        if (days.Count > 0)
        {
            yield return $"    days without any: {DataText.Days(days)}";
        }

        foreach (var span in within.Take(SpansShown))
        {
            yield return $"    {Of(span)}";
        }

        if (within.Count > SpansShown)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"    and {within.Count - SpansShown:N0} shorter ones");
        }

        if (UnknownYears(series, calendar) is { Length: > 0 } years)
        {
            yield return $"    holidays of {years} are not known: days without any were not looked for";
        }
    }

    private static string Summary(SeriesCoverage series, IReadOnlyList<MissingSpan> missing)
    {
        if (series.BarLength == TimeSpan.Zero)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{series.Rows:N0} ticks, {missing.Count:N0} pauses above {SeriesCoverage.ShortestPause.TotalSeconds} s"
            );
        }

        var count = missing.Sum(static span => span.Intervals);
        return count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{series.Rows:N0} bars, none is missing")
            : string.Create(CultureInfo.InvariantCulture, $"{series.Rows:N0} bars, {count:N0} are missing");
    }

    private static string Of(MissingSpan span) =>
        $"{DataText.Time(span.FromMicros)} to {DataText.Time(span.ToMicros)}: {(span.Intervals > 0 ? string.Create(CultureInfo.InvariantCulture, $"{span.Intervals:N0} {(span.Intervals == 1 ? "bar" : "bars")}") : $"a pause of {span.Length}")}";

    private static string UnknownYears(SeriesCoverage series, CoverageCalendar calendar)
    {
        var first = calendar.Sessions.TradingDay(series.FirstMicros);
        var last = calendar.Sessions.TradingDay(series.LastMicros - 1);
        return string.Join(
            ", ",
            Enumerable.Range(first.Year, last.Year - first.Year + 1).Where(year => !calendar.Knows(new DateOnly(year, 1, 1)))
        );
    }
}
