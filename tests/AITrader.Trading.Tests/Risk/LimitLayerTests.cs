using AITrader.Domain.Orders;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Risk;

/// <summary>Layers of limits, and who may change them.</summary>
public sealed class LimitLayerTests
{
    private static readonly RiskLimits Account = RiskLimits.Default.Bounded(LimitKind.Position, 10m).Bounded(LimitKind.MinQuantity, 1m);

    public static TheoryData<LimitKind> AllKinds() => [.. Enum.GetValues<LimitKind>()];

    [Fact]
    public void The_tightest_layer_counts_and_none_widens_the_account()
    {
        var layers = new LimitLayers(
            new Dictionary<string, RiskLimits> { ["s"] = Account.Bounded(LimitKind.Position, 5m).Bounded(LimitKind.MinQuantity, 0.5m) },
            new Dictionary<string, RiskLimits>
            {
                ["X"] = RiskLimits.Default.Bounded(LimitKind.Position, 20m) with { MaxOrderNotional = 7m },
            }
        );
        Assert.Same(Account, layers.For(Account, "other", "Y"));
        Assert.Equal((5m, 1m), (layers.For(Account, "s", "Y")[LimitKind.Position], layers.For(Account, "s", "Y")[LimitKind.MinQuantity]));
        Assert.Equal((5m, 7m), (layers.For(Account, "s", "X")[LimitKind.Position], layers.For(Account, "s", "X").MaxOrderNotional));
        Assert.Equal(10m, layers.For(Account, "other", "X")[LimitKind.Position]);
    }

    [Fact]
    public void A_desk_asks_the_layers_of_the_order()
    {
        var layers = LimitLayers.None with
        {
            ByStrategy = new Dictionary<string, RiskLimits> { ["s"] = RiskLimits.Default.Bounded(LimitKind.MaxQuantity, 1m) },
        };
        var desk = new TradingDesk(Make.Settings() with { Overrides = layers }, new(1_000_000m)) { IsReconciled = true };
        desk.OnTick(Make.Quote(1, 0, 99m, 100m));
        Assert.Equal("QUANTITY_TOO_LARGE adds=2 max=1", desk.Submit(Make.Market(1, Side.Buy, 2m) with { Origin = "s" }, false).Reason);
        Assert.Equal("", desk.Submit(Make.Market(2, Side.Buy, 2m) with { Origin = "t" }, false).Reason);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Raising_needs_a_confirmation_of_the_same_proposal_and_lowering_does_not(LimitKind kind)
    {
        var (loose, tight) = LimitSet.IsFloor(kind) ? (1m, 2m) : (2m, 1m);
        var (wide, narrow) = (RiskLimits.Default.Bounded(kind, loose), RiskLimits.Default.Bounded(kind, tight));
        Assert.Equal(new LimitChange.Applied(narrow), LimitChange.Decide(wide, narrow, null));
        Assert.Equal(new LimitChange.Applied(narrow), LimitChange.Decide(RiskLimits.Default, narrow, null));
        Assert.Equal(new LimitChange.Unchanged(), LimitChange.Decide(wide, RiskLimits.Default.Bounded(kind, loose), null));
        foreach (var proposed in new[] { wide, RiskLimits.Default })
        {
            var asked = Assert.IsType<LimitChange.NeedsConfirmation>(LimitChange.Decide(narrow, proposed, null));
            Assert.Equal([LimitSet.Name(kind)], asked.Raised);
            Assert.IsType<LimitChange.NeedsConfirmation>(LimitChange.Decide(narrow, proposed, new LimitConfirmation("a", narrow)));
            Assert.Equal(new LimitChange.Applied(proposed), LimitChange.Decide(narrow, proposed, new LimitConfirmation("a", proposed)));
        }
    }

    [Fact]
    public void The_three_older_bounds_are_raised_and_lowered_like_the_others()
    {
        var looser = new RiskLimits(TimeSpan.FromSeconds(6), 100_001m, 49m);
        var asked = Assert.IsType<LimitChange.NeedsConfirmation>(LimitChange.Decide(RiskLimits.Default, looser, null));
        Assert.Equal(["MaxQuoteAge", "MaxOrderNotional", "MarketBufferBps"], asked.Raised);
        Assert.IsType<LimitChange.Applied>(LimitChange.Decide(looser, RiskLimits.Default, null));
    }

    [Fact]
    public void A_change_that_lowers_one_and_raises_another_needs_a_confirmation() =>
        Assert.Equal(
            ["WorkingOrders"],
            Assert
                .IsType<LimitChange.NeedsConfirmation>(
                    LimitChange.Decide(
                        Account.Bounded(LimitKind.WorkingOrders, 1m),
                        Account.Bounded(LimitKind.WorkingOrders, 2m).Bounded(LimitKind.Position, 1m),
                        null
                    )
                )
                .Raised
        );

    [Fact]
    public void Limits_are_told_with_every_bound() =>
        Assert.EndsWith("Bounds = MinQuantity=1 Position=10 }", Account.ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_bound_is_not_negative() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => LimitSet.None.With(LimitKind.Position, -1m));
}
