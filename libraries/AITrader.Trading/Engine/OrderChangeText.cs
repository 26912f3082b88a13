using System.Globalization;
using AITrader.Domain.Orders;

namespace AITrader.Trading.Engine;

/// <summary>New terms of an order as the reason of its step has them: <c>MODIFIED qty=5 price=101.5</c>.</summary>
public static class OrderChangeText
{
    /// <summary>Begins the reason of the step with which new terms are in force.</summary>
    public const string Applied = "MODIFIED";

    private const string Quantity = "qty";
    private const string Price = "price";
    private const string Trigger = "trigger_price";

    /// <summary>The terms as text.</summary>
    public static string Of(OrderChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return string.Join(
            ' ',
            new (string Name, decimal? Value)[] { (Quantity, change.Quantity), (Price, change.LimitPrice), (Trigger, change.TriggerPrice) }
                .Where(static part => part.Value is not null)
                .Select(static part => FormattableString.Invariant($"{part.Name}={part.Value}"))
        );
    }

    /// <summary>The terms that a step has put in force; null where it has put none.</summary>
    public static OrderChange? Read(string reason, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var words = reason.Split(' ');
        return words[0] == Applied && Number(words, Quantity) is { } quantity
            ? new OrderChange(Guid.Empty, quantity, Number(words, Price), Number(words, Trigger), at)
            : null;
    }

    private static decimal? Number(string[] words, string name) =>
        Array.Find(words, word => word.StartsWith($"{name}=", StringComparison.Ordinal)) is { } word
        && decimal.TryParse(word[(name.Length + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
