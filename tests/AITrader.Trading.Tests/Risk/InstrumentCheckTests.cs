using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Positions;
using AITrader.Domain.Prices;
using AITrader.Domain.Sessions;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Risk;

/// <summary>What the exchange would refuse, and when it is open.</summary>
public sealed class InstrumentCheckTests
{
    // 9 August 2024, a Friday, 15:10 in Kolkata.
    private static readonly DateTimeOffset NearClose = new(2024, 8, 9, 9, 40, 0, TimeSpan.Zero);

    [Fact]
    public void Denies_what_the_exchange_would_refuse()
    {
        Assert.Equal("QUANTITY_TOO_SMALL qty=1 min=2", Check(Make.Terms with { MinQuantity = 2m }));
        Assert.Equal("QUANTITY_TOO_LARGE qty=1 max=0.5", Check(Make.Terms with { MaxQuantity = 0.5m }));
        Assert.Equal("FREEZE_QUANTITY qty=1 freeze=0.9", Check(Make.Terms with { FreezeQuantity = 0.9m }));
        Assert.Equal("NOTIONAL_TOO_SMALL notional=100.5 min=101", Check(Make.Terms with { MinNotional = 101m }));
        Assert.Equal("PRICE_PRECISION price=100.1 decimals=0", Check(Make.Terms with { PriceDecimals = 0 }, price: 100.1m));
        Assert.Equal("QUANTITY_PRECISION qty=1.001 decimals=2", Check(Make.Terms with { QuantityDecimals = 2 }, quantity: 1.001m));
    }

    [Fact]
    public void Sells_short_only_what_can_be_had_and_trades_only_what_is_traded()
    {
        var context = Contexts.Adding(RiskLimits.Default) with
        {
            Terms = Make.Terms with { IsShortable = false },
            Request = Make.Market(1, Side.Sell, 3m),
            Position = 2m,
        };
        Assert.Equal("SHORT_NOT_AVAILABLE position=2 adds=1", RiskChecks.Check(context)!.ToString());
        Assert.Null(RiskChecks.Check(context with { Position = 3m }));
        Assert.Null(RiskChecks.Check(context with { Request = Make.Market(1, Side.Buy, 3m) }));
        Assert.Equal("UNKNOWN_INSTRUMENT symbol=BTCUSDT", Check(Make.Terms with { IsTradable = false }));
    }

    [Fact]
    public void Of_an_iceberg_the_exchange_sees_a_slice()
    {
        var terms = Make.Terms with { FreezeQuantity = 0.9m };
        var iceberg = Make.Limit(1, Side.Buy, 1m, 98m) with
        {
            Type = OrderType.Iceberg,
            Conditions = new() { DisplayQuantity = 0.5m },
        };
        Assert.Null(RiskChecks.Check(Contexts.Adding(RiskLimits.Default) with { Terms = terms, Request = iceberg }));
    }

    [Theory]
    [InlineData("104.9", "PRICE_BAND price=104.9 lowest=95 highest=104.8")]
    [InlineData("94.9", "PRICE_BAND price=94.9 lowest=95 highest=104.8")]
    [InlineData("104.8", null)]
    [InlineData("95", null)]
    public void Denies_a_price_outside_of_the_band(string price, string? reason) =>
        Assert.Equal(
            reason,
            RiskChecks
                .Check(
                    Contexts.Adding(RiskLimits.Default) with
                    {
                        Request = Make.Limit(1, Side.Buy, 1m, decimal.Parse(price)),
                        Band = new PriceLimits(Price.Of(95m), Price.Of(104.8m)),
                    }
                )
                ?.ToString()
        );

    [Fact]
    public void Denies_outside_of_the_session_and_says_when_it_opens()
    {
        var night = new DateTimeOffset(2024, 8, 9, 20, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            "SESSION_CLOSED at=2024-08-09T20:00:00.000000Z opens=2024-08-12T03:45:00.000000Z",
            RiskChecks.Check(At(night, RiskLimits.Default))!.ToString()
        );
        Assert.Null(RiskChecks.Check(At(NearClose, RiskLimits.Default)));
    }

    [Theory]
    [InlineData("19", false)]
    [InlineData("20", true)]
    public void Near_the_close_only_what_reduces_is_taken(string minutes, bool denies)
    {
        var limits = RiskLimits.Default.Bounded(LimitKind.SquareOffMinutes, decimal.Parse(minutes));
        var context = At(NearClose, limits);
        var expected = denies ? $"SQUARE_OFF closes=2024-08-09T10:00:00.000000Z minutes={minutes}" : null;
        Assert.Equal(expected, RiskChecks.Check(context)?.ToString());
        Assert.Null(RiskChecks.Check(context with { Position = -1m }));
    }

    [Fact]
    public void Square_off_closes_each_position_once()
    {
        Position[] positions = [Position.Flat("A"), Position.Flat("C").Apply(2m, 10m, 0m), Position.Flat("B").Apply(-3m, 10m, 0m)];
        var orders = SquareOff.Orders(positions, NearClose, 7, "r").ToList();
        Assert.Equal(
            [("B", Side.Buy, 3m), ("C", Side.Sell, 2m)],
            orders.Select(static order => (order.Symbol, order.Side, order.Quantity))
        );
        Assert.All(orders, static order => Assert.True(order.Conditions.ReduceOnly));
        Assert.Equal(orders, SquareOff.Orders(positions, NearClose, 7, "r"));
    }

    private static RiskContext At(DateTimeOffset time, RiskLimits limits) =>
        Contexts.Adding(limits with { MaxQuoteAge = TimeSpan.FromDays(1000) }) with
        {
            Request = Make.Market(1, Side.Buy, 1m) with { EventTime = time },
            Calendar = NseCalendar.Default,
        };

    private static string? Check(Instrument terms, decimal quantity = 1m, decimal? price = null) =>
        RiskChecks
            .Check(
                Contexts.Adding(RiskLimits.Default) with
                {
                    Terms = terms,
                    Request = price is { } limit ? Make.Limit(1, Side.Buy, quantity, limit) : Make.Market(1, Side.Buy, quantity),
                }
            )
            ?.ToString();
}
