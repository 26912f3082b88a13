using System.Text.Json;
using AITrader.MockMcp.Accounts;
using AITrader.MockMcp.Shapes;

namespace AITrader.MockMcp.Tests.Shapes;

/// <summary>The numbers of positions and charges are those that Kite has for the same trades.</summary>
public sealed class PositionRowTests
{
    [Fact]
    public void A_position_carried_over_closed_and_turned_has_kites_numbers()
    {
        var recorded = Fixture.Data("positions.json");
        // Three carried over at 23057; one bought and four sold today.
        var state = new PositionState("MCX", "GOLDGUINEA17DECFUT", 53505799, "NRML")
        {
            Overnight = 3,
            OvernightPrice = 23057,
            DayBuyQuantity = 1,
            DayBuyValue = 23388,
            DaySellQuantity = 4,
            DaySellValue = 93360,
        };
        Same(recorded.GetProperty("net")[1], PositionRow.Net(state, 23355, 23232));
        Same(recorded.GetProperty("day")[0], PositionRow.Day(state, 23355, 23232));
    }

    [Fact]
    public void A_position_of_lots_has_kites_numbers()
    {
        var state = new PositionState("MCX", "LEADMINI17DECFUT", 53496327, "NRML")
        {
            Multiplier = 1000,
            DayBuyQuantity = 1,
            DayBuyValue = 161_050,
        };
        var recorded = Fixture.Data("positions.json").GetProperty("net")[0];
        Same(recorded, PositionRow.Net(state, 161.05m, 0), "m2m");
    }

    [Fact]
    public void Charges_follow_the_published_rates()
    {
        // 100 shares at 1000, sold intraday.
        var intraday = Charges.Of("MIS", isBuy: false, 100_000);
        Assert.Equal(
            (25m, 3.07m, 0.1m, 20m, 0m),
            (intraday.TransactionTax, intraday.ExchangeTurnoverCharge, intraday.SebiTurnoverCharge, intraday.Brokerage, intraday.StampDuty)
        );
        Assert.Equal(0.18m * 23.17m, intraday.Gst.Total);
        Assert.Equal(25m + 3.07m + 0.1m + 20m + (0.18m * 23.17m), intraday.Total);
        var delivery = Charges.Of("CNC", isBuy: true, 100_000);
        Assert.Equal((100m, 0m, 15m), (delivery.TransactionTax, delivery.Brokerage, delivery.StampDuty));
    }

    private static void Same(JsonElement recorded, PositionRow row, params string[] except)
    {
        var answer = JsonSerializer.SerializeToElement(row, KiteFormat.Json);
        foreach (var field in recorded.EnumerateObject().Where(field => !except.Contains(field.Name)))
        {
            var same = answer.GetProperty(field.Name);
            Assert.True(
                field.Value.ValueKind == JsonValueKind.Number
                    ? field.Value.GetDecimal() == same.GetDecimal()
                    : field.Value.ToString() == same.ToString(),
                $"{field.Name}: recorded {field.Value}, here {same}"
            );
        }
    }
}
