namespace AITrader.Storage.Rows;

/// <summary>A split or a dividend that somebody asked for, and what came of it. The gateway asks, the execution engine books.</summary>
public sealed class AdjustmentRow
{
    private const int MoneyDecimals = 8;

    /// <summary>Id of the request: it is booked once.</summary>
    public required Guid Id { get; set; }

    /// <summary>The account.</summary>
    public int AccountId { get; set; } = AccountRow.LiveAccount;

    /// <summary>A value of <see cref="AdjustmentKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>First day of trading with new units, or without the dividend.</summary>
    public required DateOnly ExDate { get; set; }

    /// <summary>Units after a split; null for a dividend.</summary>
    public int? NewUnits { get; set; }

    /// <summary>For so many before; null for a dividend.</summary>
    public int? OldUnits { get; set; }

    /// <summary>Price of a new unit at which what a split leaves over is paid out, in the instrument's currency.</summary>
    public decimal? CashPrice { get; set; }

    /// <summary>Dividend of a unit, in the instrument's currency; null for a split.</summary>
    public decimal? PerUnit { get; set; }

    /// <summary>Tax withheld of a dividend that is received, in 0 to 1.</summary>
    public decimal Withheld { get; set; }

    /// <summary>A value of <see cref="AdjustmentStates"/>.</summary>
    public string State { get; set; } = AdjustmentStates.Requested;

    /// <summary>Why it was refused; empty where it was not.</summary>
    public string Reason { get; set; } = string.Empty;

    /// <summary>Wall clock of the request.</summary>
    public required DateTimeOffset RequestedAt { get; set; }

    /// <summary>Wall clock of the booking or the refusal.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Which one of the account's it is, in the order of booking.</summary>
    public int? Number { get; set; }

    /// <summary>The account's last trade before it; 0 before the first.</summary>
    public int? AfterTrade { get; set; }

    /// <summary>The newest step of any order before it; 0 before the first.</summary>
    public long? AfterStep { get; set; }

    /// <summary>Sequence of the newest tick before it.</summary>
    public long? AfterSeq { get; set; }

    /// <summary>Smallest quantity that could be held.</summary>
    public decimal LotSize { get; set; }

    /// <summary>Units of the account's currency for one of the instrument's.</summary>
    public decimal Rate { get; set; } = 1m;

    /// <summary>What was held before.</summary>
    public decimal QuantityBefore { get; set; }

    /// <summary>What was held afterwards.</summary>
    public decimal QuantityAfter { get; set; }

    /// <summary>Cash that it brought, in the account's currency; negative where it cost.</summary>
    public decimal Amount { get; set; }

    /// <summary>Profit that the sale of what was left over realised.</summary>
    public decimal Realised { get; set; }

    /// <summary>An amount in the account's currency, as it is booked.</summary>
    public decimal InAccount(decimal amount) => Rate == 1m ? amount : decimal.Round(amount * Rate, MoneyDecimals, MidpointRounding.ToEven);
}

/// <summary>What can be booked beside executions.</summary>
public static class AdjustmentKinds
{
    /// <summary>A split, a reverse split or a bonus issue.</summary>
    public const string Split = "split";

    /// <summary>A dividend in cash.</summary>
    public const string Dividend = "dividend";
}

/// <summary>What became of the request.</summary>
public static class AdjustmentStates
{
    /// <summary>Asked for.</summary>
    public const string Requested = "REQUESTED";

    /// <summary>In the books.</summary>
    public const string Booked = "BOOKED";

    /// <summary>Not booked, and never will be.</summary>
    public const string Refused = "REFUSED";
}
