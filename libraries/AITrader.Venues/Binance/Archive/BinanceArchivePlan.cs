namespace AITrader.Venues.Binance.Archive;

/// <summary>Which files of the archive make up a range of days.</summary>
public static class BinanceArchivePlan
{
    /// <summary>Files by time. A month that lies wholly in the range is one file, unless some of its days are there already; a month that
    /// is
    /// there stands for its days: nothing is held twice.</summary>
    /// <param name="series">What to get.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">First day that is no longer wanted.</param>
    /// <param name="isThere">Whether a file of this name is there already.</param>
    public static IReadOnlyList<BinanceArchiveFile> Create(
        BinanceArchiveSeries series,
        DateOnly from,
        DateOnly to,
        Predicate<string> isThere
    )
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(isThere);
        var files = new List<BinanceArchiveFile>();
        for (var day = from; day < to; )
        {
            var month = series.MonthFile(day);
            var isWhole = day == month.From && month.To <= to;
            if (isThere(month.Name) || (isWhole && !month.Days().Any(file => isThere(file.Name))))
            {
                files.Add(month);
                day = month.To;
            }
            else
            {
                files.Add(series.DayFile(day));
                day = day.AddDays(1);
            }
        }

        return files;
    }
}
