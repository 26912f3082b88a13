using System.ComponentModel.DataAnnotations;
using System.Globalization;
using AITrader.MockMcp.Accounts;
using AITrader.MockMcp.Market;

namespace AITrader.MockMcp.Broker;

/// <summary>Shares that an account has before its first day.</summary>
internal static class Endowment
{
    /// <summary>Reads a list that was checked.</summary>
    public static IReadOnlyList<HoldingState> Parse(string text) =>
        TryParse(text, out var holdings, out var wrong) ? holdings : throw new ArgumentException($"'{wrong}' is no holding", nameof(text));

    /// <summary>Reads a list such as <c>INFY:10@1500,SBIN:20@700.50</c>; false with the part that is wrong.</summary>
    public static bool TryParse(string text, out IReadOnlyList<HoldingState> holdings, out string? wrong)
    {
        var found = new List<HoldingState>();
        (holdings, wrong) = (found, null);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (TryParseOne(part) is not { } holding)
            {
                wrong = part;
                return false;
            }

            found.Add(holding);
        }

        return true;
    }

    private static HoldingState? TryParseOne(string part)
    {
        var pieces = part.Split(':', '@');
        return
            pieces.Length == 3
            && Listing.Find(Listing.Exchange, pieces[0]) is { IsIndex: false } listing
            && int.TryParse(pieces[1], NumberStyles.None, CultureInfo.InvariantCulture, out var quantity)
            && decimal.TryParse(pieces[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            && quantity > 0
            && price > 0
            ? new HoldingState(Listing.Exchange, listing.Symbol, listing.Token) { Delivered = quantity, AveragePrice = price }
            : null;
    }
}

/// <summary>Holdings that can be read.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EndowmentListAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        Endowment.TryParse(value as string ?? string.Empty, out _, out var wrong)
            ? ValidationResult.Success
            : new ValidationResult($"Broker:Holdings: '{wrong}' is not SYMBOL:QUANTITY@PRICE with a share that the mock lists.");
}
