namespace AITrader.Trading.Statistics;

/// <summary>Return of one calendar month.</summary>
/// <param name="Year">Year.</param>
/// <param name="Month">Month, 1 to 12.</param>
/// <param name="Return">Fraction; null where the month began with no equity.</param>
public readonly record struct MonthlyReturn(int Year, int Month, double? Return)
{
    /// <summary>Equity at each month's end over that at the end of the one before, less one; the first over the initial equity.</summary>
    public static IReadOnlyList<MonthlyReturn> Of(DailySeries series)
    {
        var months = new List<MonthlyReturn>();
        var before = series.InitialEquity;
        for (var i = 0; i < series.Days.Count; i++)
        {
            var day = series.Days[i];
            if (i + 1 < series.Days.Count && IsSameMonth(day, series.Days[i + 1]))
            {
                continue;
            }

            months.Add(new MonthlyReturn(day.Year, day.Month, before > 0m ? (double)((series.Equity[i] / before) - 1m) : null));
            before = series.Equity[i];
        }

        return months;
    }

    private static bool IsSameMonth(DateOnly day, DateOnly next) => day.Month == next.Month && day.Year == next.Year;
}
