using AITrader.Domain.Orders;
using AITrader.TestSupport;
using AITrader.Trading.Engine;
using AITrader.Trading.Fills;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Engine;

/// <summary>What the checks leave behind for the collector, which pauses whoever waits for an order.</summary>
public sealed class DeskAllocationTests
{
    private const int Resting = 20;

    // Going through a list once: three bytes for each that is working.
    private const int Enumerator = 64;

    [Fact]
    public void An_order_leaves_its_own_records_and_no_more_however_many_are_working()
    {
        var few = BytesOf(Desk(limited: false, resting: 0));
        var many = BytesOf(Desk(limited: false, resting: Resting));
        Assert.InRange(many, 1, few + Enumerator);
        Assert.InRange(many, 1, 2_000);
    }

    [Fact]
    public void Every_limit_at_once_adds_what_is_measured_of_symbols_and_not_of_orders()
    {
        var few = BytesOf(Desk(limited: true, resting: 1));
        var many = BytesOf(Desk(limited: true, resting: Resting));
        Assert.InRange(many, 1, few + Enumerator);
        Assert.InRange(many, 1, 3_200);
    }

    private static long BytesOf(TradingDesk desk)
    {
        var request = Make.Limit(9_999, Side.Buy, 1m, 100m);
        const int Orders = 100;
        return Allocations.Of(() =>
            {
                for (var i = 0; i < Orders; i++)
                {
                    if (desk.Submit(request, isDuplicate: false).Status != OrderStatus.Submitted)
                    {
                        throw new InvalidOperationException("it was not taken");
                    }

                    desk.Cancel(request.Id, "test");
                }
            }) / Orders;
    }

    private static TradingDesk Desk(bool limited, int resting)
    {
        var limits = limited
            ? NamedLimits.Read(
                NamedLimits.All.Except(["min_quantity", "square_off_minutes"]).ToDictionary(static name => name, BoundOf),
                out _
            )
            : RiskLimits.Default with
            {
                MaxOrderNotional = decimal.MaxValue,
            };
        var settings = new TradingSettings(static _ => Make.Terms, limits, FillRules.Default, static (_, _) => Guid.Empty);
        var desk = new TradingDesk(settings, new AccountLedger(1_000_000_000m)) { IsReconciled = true };
        desk.OnTick(Make.Quote(1, 0, 60_000m, 60_000.1m));
        for (var i = 1; i <= resting; i++)
        {
            Assert.Equal(OrderStatus.Submitted, desk.Submit(Make.Limit(i, Side.Buy, 1m, 90m), isDuplicate: false).Status);
        }

        return desk;
    }

    private static decimal BoundOf(string name) =>
        name switch
        {
            "max_quote_age_seconds" => 3600m,
            "market_buffer_bps" => 50m,
            "self_trades" => 0m,
            "drawdown" or "symbol_share" or "sector_share" => 1m,
            _ => 1_000_000_000_000m,
        };
}
