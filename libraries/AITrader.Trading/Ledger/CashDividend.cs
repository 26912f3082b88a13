namespace AITrader.Trading.Ledger;

/// <summary>A dividend in cash on what is held when it is booked: a long receives it, a short pays it.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="PerUnit">Amount a unit, in the instrument's currency; positive.</param>
/// <param name="Time">Ex-date.</param>
public sealed record CashDividend(string Symbol, decimal PerUnit, DateTimeOffset Time)
{
    private const int MoneyDecimals = 8;

    /// <summary>Tax withheld of what a long receives, as a fraction in 0 to 1. Who is short pays in full.</summary>
    public decimal Withheld { get; init; }

    /// <summary>What a quantity receives, or pays where negative, after tax.</summary>
    internal decimal AmountOf(decimal quantity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(PerUnit);
        ArgumentOutOfRangeException.ThrowIfNegative(Withheld);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Withheld, 1m);
        var gross = decimal.Round(quantity * PerUnit, MoneyDecimals, MidpointRounding.ToEven);
        return quantity <= 0m ? gross : gross - decimal.Round(gross * Withheld, MoneyDecimals, MidpointRounding.ToEven);
    }
}
