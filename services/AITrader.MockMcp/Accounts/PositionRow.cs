namespace AITrader.MockMcp.Accounts;

/// <summary>A position with all numbers that Kite derives from it.</summary>
internal sealed record PositionRow
{
    private const int PriceDecimals = 6;

    public required string Tradingsymbol { get; init; }

    public required string Exchange { get; init; }

    public required uint InstrumentToken { get; init; }

    public required string Product { get; init; }

    public int Quantity => BuyQuantity - SellQuantity;

    public required int OvernightQuantity { get; init; }

    public int Multiplier { get; init; } = 1;

    public decimal AveragePrice =>
        Quantity switch
        {
            > 0 => BuyPrice,
            < 0 => SellPrice,
            _ => 0,
        };

    public required decimal ClosePrice { get; init; }

    public required decimal LastPrice { get; init; }

    public decimal Value => SellValue - BuyValue;

    public decimal Pnl => Value + (Quantity * LastPrice * Multiplier);

    public decimal M2m => SellM2m - BuyM2m + (Quantity * LastPrice * Multiplier);

    public decimal Unrealised => Pnl;

    public decimal Realised { get; init; }

    public required int BuyQuantity { get; init; }

    public decimal BuyPrice => PriceOf(BuyValue, BuyQuantity);

    public required decimal BuyValue { get; init; }

    public required decimal BuyM2m { get; init; }

    public required int SellQuantity { get; init; }

    public decimal SellPrice => PriceOf(SellValue, SellQuantity);

    public required decimal SellValue { get; init; }

    public required decimal SellM2m { get; init; }

    public required int DayBuyQuantity { get; init; }

    public decimal DayBuyPrice => PriceOf(DayBuyValue, DayBuyQuantity);

    public required decimal DayBuyValue { get; init; }

    public required int DaySellQuantity { get; init; }

    public decimal DaySellPrice => PriceOf(DaySellValue, DaySellQuantity);

    public required decimal DaySellValue { get; init; }

    /// <summary>What is held now: carried over and traded today.</summary>
    public static PositionRow Net(PositionState state, decimal last, decimal close) => Row(state, state.Overnight, last, close);

    /// <summary>What today's trades alone made.</summary>
    public static PositionRow Day(PositionState state, decimal last, decimal close) => Row(state, 0, last, close);

    private static PositionRow Row(PositionState state, int overnight, decimal last, decimal close)
    {
        var (bought, sold) = (Math.Max(overnight, 0), Math.Max(-overnight, 0));
        return new PositionRow
        {
            Tradingsymbol = state.Symbol,
            Exchange = state.Exchange,
            InstrumentToken = state.Token,
            Product = state.Product,
            OvernightQuantity = overnight,
            Multiplier = state.Multiplier,
            ClosePrice = close,
            LastPrice = last,
            BuyQuantity = state.DayBuyQuantity + bought,
            BuyValue = state.DayBuyValue + (bought * state.OvernightPrice * state.Multiplier),
            BuyM2m = state.DayBuyValue + (bought * close * state.Multiplier),
            SellQuantity = state.DaySellQuantity + sold,
            SellValue = state.DaySellValue + (sold * state.OvernightPrice * state.Multiplier),
            SellM2m = state.DaySellValue + (sold * close * state.Multiplier),
            DayBuyQuantity = state.DayBuyQuantity,
            DayBuyValue = state.DayBuyValue,
            DaySellQuantity = state.DaySellQuantity,
            DaySellValue = state.DaySellValue,
        };
    }

    private decimal PriceOf(decimal value, int quantity) =>
        quantity == 0 ? 0 : decimal.Round(value / (quantity * Multiplier), PriceDecimals);
}
