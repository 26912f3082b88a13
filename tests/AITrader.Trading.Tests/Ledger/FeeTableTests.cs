using System.Text;
using System.Text.Json;
using AITrader.Domain.Orders;
using AITrader.Trading.Ledger.Fees;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Ledger;

public sealed class FeeTableTests
{
    private static readonly DateOnly Day = new(2026, 5, 4);

    // By hand from the published rates, on 100 000 of turnover, each line to the paisa.
    [Theory]
    [InlineData("NSE", "EQUITY", "MIS", Side.Buy, "brokerage 20.00, STT 0, exchange 3.07, SEBI 0.10, stamp duty 3.00, GST 4.17", 30.34)]
    [InlineData("NSE", "EQUITY", "MIS", Side.Sell, "brokerage 20.00, STT 25.00, exchange 3.07, SEBI 0.10, stamp duty 0, GST 4.17", 52.34)]
    [InlineData("NSE", "EQUITY", "CNC", Side.Buy, "brokerage 0, STT 100.00, exchange 3.07, SEBI 0.10, stamp duty 15.00, GST 0.57", 118.74)]
    [InlineData("NSE", "EQUITY", "CNC", Side.Sell, "brokerage 0, STT 100.00, exchange 3.07, SEBI 0.10, stamp duty 0, GST 0.57", 103.74)]
    [InlineData("NFO", "FUTURES", "NRML", Side.Sell, "brokerage 20.00, STT 50.00, exchange 1.83, SEBI 0.10, stamp duty 0, GST 3.95", 75.88)]
    [InlineData(
        "NFO",
        "OPTIONS",
        "MIS",
        Side.Sell,
        "brokerage 20.00, STT 150.00, exchange 35.53, SEBI 0.10, stamp duty 0, GST 10.01",
        215.64
    )]
    [InlineData("NFO", "OPTIONS", "NRML", Side.Buy, "brokerage 20.00, STT 0, exchange 35.53, SEBI 0.10, stamp duty 3.00, GST 10.01", 68.64)]
    [InlineData("BSE", "EQUITY", "MIS", Side.Buy, "brokerage 20.00, STT 0, exchange 3.75, SEBI 0.10, stamp duty 3.00, GST 4.29", 31.14)]
    [InlineData("BFO", "FUTURES", "MIS", Side.Buy, "brokerage 20.00, STT 0, exchange 0, SEBI 0.10, stamp duty 2.00, GST 3.62", 25.72)]
    [InlineData("BFO", "OPTIONS", "MIS", Side.Buy, "brokerage 20.00, STT 0, exchange 32.50, SEBI 0.10, stamp duty 3.00, GST 9.47", 65.07)]
    public void Charges_what_Zerodha_publishes(string exchange, string segment, string product, Side side, string lines, double total)
    {
        var fee = FeeTable.Published.For("ZERODHA", exchange, segment, product, Day).Charge(side, 100_000m);
        Assert.Equal(Parse(lines), fee.Lines);
        Assert.Equal((decimal)total, fee.Total);
        Assert.Equal("INR", fee.Currency);
    }

    // What NSE takes for its investor protection fund was a line of its own and became part of its charge: the sum is the same.
    [Theory]
    [InlineData("NSE", "EQUITY", "MIS")]
    [InlineData("NFO", "FUTURES", "NRML")]
    [InlineData("NFO", "OPTIONS", "NRML")]
    public void The_exchange_takes_as_much_as_before(string exchange, string segment, string product)
    {
        decimal Taken(int year) =>
            FeeTable
                .Published.For("ZERODHA", exchange, segment, product, new DateOnly(year, 12, 1))
                .Charge(Side.Buy, 1_000_000m)
                .Lines.Where(static line => line.Name is "exchange" or "IPFT" or "GST")
                .Sum(static line => line.Amount);

        Assert.True(Taken(2025) > 0m);
        Assert.Equal(Taken(2025), Taken(2026));
    }

    [Theory]
    [InlineData("2024-10-01", 0.0002, 0.001)]
    [InlineData("2026-03-31", 0.0002, 0.001)]
    [InlineData("2026-04-01", 0.0005, 0.0015)]
    public void The_transaction_tax_is_that_of_the_day(string day, double futures, double options)
    {
        decimal Stt(string segment) =>
            FeeTable.Published.For("ZERODHA", "NFO", segment, "NRML", DateOnly.Parse(day)).Charge(Side.Sell, 1_000_000m).Lines[1].Amount;

        Assert.Equal((decimal)futures * 1_000_000m, Stt("FUTURES"));
        Assert.Equal((decimal)options * 1_000_000m, Stt("OPTIONS"));
    }

    [Fact]
    public void Small_orders_pay_the_rate_and_large_ones_the_cap()
    {
        var schedule = FeeTable.Published.For("ZERODHA", "NSE", "EQUITY", "MIS", Day);
        Assert.Equal(3m, schedule.Charge(Side.Buy, 10_000m).Lines[0].Amount);
        Assert.Equal(20m, schedule.Charge(Side.Buy, 66_667m).Lines[0].Amount);
        Assert.Equal(20m, schedule.Charge(Side.Buy, 5_000_000m).Lines[0].Amount);
    }

    // Nautilus' pull request 1595: a flat commission was charged for every fill.
    [Fact]
    public void A_flat_amount_is_an_orders_however_many_fills_it_has()
    {
        var schedule = FeeTable.Published.For("ZERODHA", "NFO", "OPTIONS", "MIS", Day);
        Assert.Equal(20m, schedule.Charge(Side.Buy, 500m).Lines[0].Amount);
        Assert.Equal(0m, schedule.Charge(Side.Buy, 700m, before: 500m).Lines[0].Amount);
        Assert.Equal(0m, schedule.Charge(Side.Buy, 0m).Total);
    }

    [Fact]
    public void The_fills_of_an_order_pay_together_exactly_what_one_fill_would() =>
        Property.Holds(
            from schedule in Gen.Elements(FeeTable.Published.Schedules.Append(FeeSchedule.OfBps("B", "BINANCE", "USDT", 7.5m)).ToArray())
            from side in Gen.Elements(Side.Buy, Side.Sell)
            from fills in Gen.Choose(1, 50_000_000).Select(static units => units / 1_000m).NonEmptyListOf()
            select (schedule, side, fills),
            static order =>
            {
                var before = 0m;
                var lines = new Dictionary<string, decimal>();
                foreach (var turnover in order.fills)
                {
                    var fee = order.schedule.Charge(order.side, turnover, before);
                    Assert.All(fee.Lines, static line => Assert.True(line.Amount >= 0m));
                    Assert.Equal(fee.Total, fee.Lines.Sum(static line => line.Amount));
                    Assert.All(fee.Lines, line => lines[line.Name] = lines.GetValueOrDefault(line.Name) + line.Amount);
                    before += turnover;
                }

                Assert.Equal(
                    order.schedule.Charge(order.side, before).Lines.ToDictionary(static line => line.Name, static line => line.Amount),
                    lines
                );
            }
        );

    [Fact]
    public void Basis_points_are_the_fee_of_the_instrument() =>
        Assert.Equal(
            Make.Terms.Fee(0.123m, 61_234.5m),
            FeeSchedule.OfBps("B", "BINANCE", "USDT", 4m).Charge(Side.Buy, 0.123m * 61_234.5m).Total
        );

    [Theory]
    [InlineData("ZERODHA", "EQUITY", "2024-09-30", "the first is from 2024-10-01")]
    [InlineData("ZERODHA", "CURRENCY", "2026-05-04", "there is none for any day")]
    [InlineData("OTHER", "EQUITY", "2026-05-04", "there is none for any day")]
    public void A_fee_is_never_guessed(string broker, string segment, string day, string reason)
    {
        var thrown = Assert.Throws<MissingFeeScheduleException>(() =>
            FeeTable.Published.For(broker, "NSE", segment, "MIS", DateOnly.Parse(day))
        );
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
        Assert.Contains($"{broker} for NSE {segment} MIS on {day}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_published_schedule_names_its_source_and_its_six_lines() => Assert.All(FeeTable.Published.Schedules, static schedule =>
        {
            Assert.Contains("zerodha.com/charges", schedule.Source, StringComparison.Ordinal);
            Assert.Equal(
                ["brokerage", "STT", "exchange", "SEBI", "stamp duty", "GST"],
                schedule.Rules.Select(static rule => rule.Name).Where(static name => name != "IPFT")
            );
        });

    [Fact]
    public void Refuses_a_table_with_two_answers_or_a_tax_on_what_is_not_there()
    {
        var schedule = FeeTable.Published.Schedules[0];
        Assert.Throws<ArgumentException>(() => new FeeTable([schedule, schedule with { Source = "another" }]));
        var tax = new FeeRule
        {
            Name = "GST",
            Rate = 0.18m,
            Of = ["brokerage"],
        };
        Assert.Throws<ArgumentException>(() => new FeeTable([schedule with { Rules = [tax] }]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"schedules": [{"broker": "B"}]}""")]
    [InlineData("""{"schedules": [], "more": 1}""")]
    public void Refuses_a_document_that_it_does_not_know(string json) =>
        Assert.ThrowsAny<JsonException>(() => FeeTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));

    private static IEnumerable<FeeLine> Parse(string lines) =>
        lines
            .Split(", ")
            .Select(static line => line.Split(' '))
            .Select(static words => new FeeLine(string.Join(' ', words[..^1]), decimal.Parse(words[^1])));
}
