using AITrader.Domain.Orders;
using AITrader.Trading.Risk;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Risk;

/// <summary>No limit, whatever its bound and whatever else is reached, blocks an order that reduces risk.</summary>
public sealed class ReducingPropertyTests
{
    private const int Cases = 200;

    // Market conduct, not a limit.
    private static readonly LimitKind[] Limits = [.. Enum.GetValues<LimitKind>().Where(static kind => kind != LimitKind.SelfTrades)];

    public static TheoryData<LimitKind> AllLimits() => [.. Limits];

    [Theory]
    [MemberData(nameof(AllLimits))]
    public void An_order_that_reduces_passes(LimitKind kind) =>
        Check(numbers => RiskChecks.Check(Context(numbers, reduces: true, Tight(kind))) is null);

    [Fact]
    public void An_order_that_reduces_passes_with_all_limits_reached_at_once() =>
        Check(static numbers => RiskChecks.Check(Context(numbers, reduces: true, All())) is null);

    [Fact]
    public void An_order_that_adds_is_denied_in_the_same_contexts() =>
        Check(static numbers => RiskChecks.Check(Context(numbers, reduces: false, All())) is not null);

    private static RiskLimits Tight(LimitKind kind) =>
        new RiskLimits(TimeSpan.FromSeconds(5), 0m, 50m).Bounded(kind, LimitSet.IsFloor(kind) ? 1_000_000m : 0m);

    private static RiskLimits All() => Limits.Aggregate(Tight(Limits[0]), static (all, kind) => all.Tightest(Tight(kind)));

    private static RiskContext Context(int[] numbers, bool reduces, RiskLimits limits)
    {
        var position = (numbers[7] % 2 == 0 ? 1m : -1m) * (1 + (numbers[8] % 100)) * 0.1m;
        var closing = position > 0m ? Side.Sell : Side.Buy;
        var side =
            reduces ? closing
            : closing == Side.Buy ? Side.Sell
            : Side.Buy;
        var quantity = Math.Abs(position) * (1 + (numbers[9] % 10)) / 10m;
        var price = numbers[10] % 3 == 0 ? 100m + ((numbers[11] % 400) - 200) * 0.1m : (decimal?)null;
        var request = price is { } limit ? Make.Limit(1, side, quantity, limit) : Make.Market(1, side, quantity);
        return Contexts.Reached(numbers, position, request with { Origin = "s" }, limits);
    }

    private static void Check(Func<int[], bool> property) => Property.Holds(Gen.Choose(0, 10_000).ArrayOf(12), property, Cases);
}
