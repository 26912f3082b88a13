using AITrader.Domain.Orders;
using AITrader.Trading.Market;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Risk;

/// <summary>Contexts of checks.</summary>
internal static class Contexts
{
    public static RiskLimits Bounded(this RiskLimits limits, LimitKind kind, decimal value) =>
        limits with
        {
            Bounds = limits.Bounds.With(kind, value),
        };

    /// <summary>An order that adds to a flat position, with everything else in order.</summary>
    public static RiskContext Adding(RiskLimits limits) =>
        new()
        {
            Request = Make.Market(1, Side.Buy, 1m),
            Terms = Make.Terms,
            Market = MarketState.Empty.Apply(Make.Quote(1, 0, 99m, 100m)),
            Limits = limits,
            TradingState = TradingState.Active,
            IsReconciled = true,
            IsDuplicate = false,
            CurrentRun = Make.Run,
            Position = 0m,
            WorkingSameSide = 0m,
            FreeCash = 1_000_000m,
        };

    /// <summary>A context in which every limit is reached, from numbers of any size.</summary>
    public static RiskContext Reached(int[] numbers, decimal position, OrderRequest request, RiskLimits limits) =>
        Adding(limits) with
        {
            Request = request,
            Position = position,
            TradingState = (TradingState)(numbers[0] % 3),
            FreeCash = -numbers[1],
            Loss = numbers[2] % 2 == 0 ? Denial.Of(DenialCodes.DailyLoss) : null,
            Kill = numbers[3] % 2 == 0 ? KillSwitch.Off.Kill(null) : KillSwitch.Off.Kill(request.Origin),
            Activity = Busy(numbers[4] % 50),
            Working = [.. Enumerable.Range(100, numbers[5] % 5).Select(static id => Order.From(Make.Limit(id, Side.Buy, 1m, 1m)))],
            Account = () => Exposed(position, numbers[6]),
            Calendar = AITrader.Domain.Sessions.SessionCalendar.UtcDays,
        };

    private static OrderActivity Busy(int count)
    {
        var activity = new OrderActivity();
        for (var i = 0; i < count + 200; i++)
        {
            activity.Ordered(Make.Start);
            activity.Modified(Make.Start);
        }

        return activity;
    }

    private static AccountExposure Exposed(decimal position, int other) =>
        new(
            new Dictionary<string, SymbolExposure>(StringComparer.Ordinal)
            {
                [Make.Symbol] = new(Make.Symbol, "coins", position, 0m, 0m, 99.5m),
                ["OTHER"] = new("OTHER", "coins", other, 1m, 1m, other % 2 == 0 ? null : 10m),
            },
            -other
        );
}
