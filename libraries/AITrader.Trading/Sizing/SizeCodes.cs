namespace AITrader.Trading.Sizing;

/// <summary>Why a size is nothing.</summary>
public static class SizeCodes
{
    /// <summary>The instrument is not known.</summary>
    public const string UnknownInstrument = "UNKNOWN_INSTRUMENT";

    /// <summary>No price is known, or it is not positive.</summary>
    public const string NoPrice = "NO_PRICE";

    /// <summary>There is no equity to take a part of.</summary>
    public const string NoEquity = "NO_EQUITY";

    /// <summary>There is no cash to pay with.</summary>
    public const string NoCash = "NO_CASH";

    /// <summary>A number of the method is missing, is no number, or is outside its range.</summary>
    public const string InputInvalid = "INPUT_INVALID";

    /// <summary>What was won so far, less what was lost, is not above zero: Kelly bets nothing.</summary>
    public const string NoEdge = "NO_EDGE";

    /// <summary>The part of the equity, or the cash, is less than a lot or than the smallest order of the exchange.</summary>
    public const string BelowSmallest = "BELOW_SMALLEST";

    /// <summary>There are too few returns, not as many of each, or one of them is no number.</summary>
    public const string ReturnsInvalid = "RETURNS_INVALID";

    /// <summary>The returns move with what is held.</summary>
    public const string Correlated = "CORRELATED";

    /// <summary>With any of it the portfolio would be more volatile than it may be.</summary>
    public const string TooVolatile = "TOO_VOLATILE";
}
