using System.Globalization;
using AITrader.Domain.Time;

namespace AITrader.Cli.Commands.Data;

/// <summary>Times, days and sizes as the commands on market data print them.</summary>
internal static class DataText
{
    private const double Step = 1024;

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static string Time(long micros) =>
        EventTime.FromMicros(micros).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Size(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        for (; size >= Step && unit < Units.Length - 1; unit++)
        {
            size /= Step;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }

    /// <summary>Days in words: each, or from the first to the last where they follow one another.</summary>
    public static string Days(IEnumerable<DateOnly> days)
    {
        var runs = new List<(DateOnly First, DateOnly Last)>();
        foreach (var day in days.Distinct().Order())
        {
            if (runs.Count > 0 && runs[^1].Last.AddDays(1) == day)
            {
                runs[^1] = (runs[^1].First, day);
            }
            else
            {
                runs.Add((day, day));
            }
        }

        return string.Join(
            ", ",
            runs.Select(static run => run.First == run.Last ? Day(run.First) : $"{Day(run.First)} to {Day(run.Last)}")
        );
    }
}
