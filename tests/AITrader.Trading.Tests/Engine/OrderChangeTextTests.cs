using AITrader.Domain.Orders;
using AITrader.Trading.Engine;

namespace AITrader.Trading.Tests.Engine;

public sealed class OrderChangeTextTests
{
    [Theory]
    [InlineData("5", "101.5", null)]
    [InlineData("0.001", null, "99.95")]
    [InlineData("7", "1", "2")]
    public void What_is_written_is_read_again(string quantity, string? price, string? trigger)
    {
        var change = new OrderChange(Guid.Empty, Number(quantity)!.Value, Number(price), Number(trigger), Make.At(1));
        Assert.Equal(change, OrderChangeText.Read($"{OrderChangeText.Applied} {OrderChangeText.Of(change)}", Make.At(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MODIFY_REFUSED NOT_MODIFIABLE qty=5")]
    [InlineData("MODIFIED")]
    [InlineData("MODIFIED qty=many")]
    [InlineData("qty=5")]
    public void What_changes_no_terms_is_no_change(string reason) => Assert.Null(OrderChangeText.Read(reason, Make.At(1)));

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
