using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;
using AITrader.Trading.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Statistics;

internal static class Samples
{
    /// <summary>Daily returns of -20 % to 20 %, at least two of them, in hundredths of a per cent.</summary>
    public static Gen<double[]> Returns { get; } =
        from count in Gen.Choose(2, 40)
        from steps in Gen.Choose(-2_000, 2_000).ArrayOf(count)
        select steps.Select(static step => step / 10_000.0).ToArray();

    /// <summary>Equity in cents, some of it zero or below, at random hours.</summary>
    public static Gen<EquityPoint[]> AnyCurves { get; } = Curves(-2_000, 20_000);

    /// <summary>Equity in cents, all of it positive, at random hours.</summary>
    public static Gen<EquityPoint[]> PositiveCurves { get; } = Curves(1, 20_000);

    public static double[] Noise(Random random, int count, double mean, double scale) =>
        [.. Enumerable.Range(0, count).Select(_ => mean + (scale * (random.NextDouble() - 0.5)))];

    public static EquityPoint[] Curve(params decimal[] equity) =>
        [.. equity.Select(static (value, day) => new EquityPoint(Day(day), value))];

    public static DateTimeOffset Day(double days) => Make.Start.AddDays(days);

    public static ClosedTrade Trade(decimal profit, double entry = 0, double exit = 1, decimal fees = 0m) =>
        new()
        {
            Symbol = Make.Symbol,
            Side = Side.Buy,
            Quantity = 1m,
            EntryTime = Day(entry),
            EntryPrice = 100m,
            ExitTime = Day(exit),
            ExitPrice = 100m + profit,
            Profit = profit,
            Fees = fees,
            MaxAdverse = Math.Min(profit, -1m),
            MaxFavourable = Math.Max(profit, 2m),
        };

    private static Gen<EquityPoint[]> Curves(int low, int high) =>
        from count in Gen.Choose(1, 40)
        from cents in Gen.Choose(low, high).ArrayOf(count)
        from hours in Gen.Choose(0, 60).ArrayOf(count)
        select Timed(cents, hours);

    private static EquityPoint[] Timed(int[] cents, int[] hours)
    {
        var time = Make.Start;
        return [.. cents.Zip(hours, (value, gap) => new EquityPoint(time = time.AddHours(gap), value / 100m))];
    }
}
