namespace AITrader.Storage.Rows;

/// <summary>Range of the account's numbers: a price or quantity of the core tables is numeric(18,8), and PostgreSQL silently rounds what
/// has more decimals.</summary>
/// <remarks>So a price or quantity that does not fit must be refused before anything is computed from it: an account that is rounded on one
/// side only does not add up.</remarks>
public static class AccountNumbers
{
    /// <summary>Decimals that a price or quantity has at most.</summary>
    public const int Decimals = 8;

    /// <summary>The first number that is too large.</summary>
    public const decimal Limit = 10_000_000_000m;

    /// <summary>Whether a price or quantity is stored as it is.</summary>
    public static bool Fits(decimal value) =>
        Math.Abs(value) < Limit && (value.Scale <= Decimals || decimal.Round(value, Decimals) == value);

    /// <summary>The largest quantity that fits and is not above this one.</summary>
    public static decimal Floor(decimal quantity) =>
        Math.Min(decimal.Round(quantity, Decimals, MidpointRounding.ToNegativeInfinity), Limit - 0.00000001m);
}
