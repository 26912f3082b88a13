namespace AITrader.MockMcp.Accounts;

/// <summary>What was traded of one symbol under one product: carried over, and today.</summary>
internal sealed record PositionState(string Exchange, string Symbol, uint Token, string Product)
{
    public int Multiplier { get; init; } = 1;

    /// <summary>Carried over from the day before, negative where short.</summary>
    public int Overnight { get; init; }

    public decimal OvernightPrice { get; init; }

    public int DayBuyQuantity { get; init; }

    public decimal DayBuyValue { get; init; }

    public int DaySellQuantity { get; init; }

    public decimal DaySellValue { get; init; }

    public int Quantity => Overnight + DayBuyQuantity - DaySellQuantity;

    /// <summary>Price of what is open.</summary>
    public decimal AveragePrice =>
        Quantity switch
        {
            > 0 => (DayBuyValue + (Math.Max(Overnight, 0) * OvernightPrice)) / (DayBuyQuantity + Math.Max(Overnight, 0)),
            < 0 => (DaySellValue + (Math.Max(-Overnight, 0) * OvernightPrice)) / (DaySellQuantity + Math.Max(-Overnight, 0)),
            _ => 0,
        };

    /// <summary>Profit of what was closed.</summary>
    public decimal Realised => DaySellValue - DayBuyValue - (Overnight * OvernightPrice) + (Quantity * AveragePrice);

    public PositionState With(bool isBuy, int quantity, decimal value) =>
        isBuy
            ? this with
            {
                DayBuyQuantity = DayBuyQuantity + quantity,
                DayBuyValue = DayBuyValue + value,
            }
            : this with
            {
                DaySellQuantity = DaySellQuantity + quantity,
                DaySellValue = DaySellValue + value,
            };

    /// <summary>The same on the next day.</summary>
    public PositionState Carry() =>
        new(Exchange, Symbol, Token, Product)
        {
            Multiplier = Multiplier,
            Overnight = Quantity,
            OvernightPrice = AveragePrice,
        };
}
