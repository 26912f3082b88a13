using System.Globalization;
using AITrader.MockMcp.Accounts;
using AITrader.MockMcp.Market;

namespace AITrader.MockMcp.Shapes;

/// <summary>A holding with all numbers that Kite derives from it.</summary>
internal sealed record HoldingRow
{
    public required string Tradingsymbol { get; init; }

    public required string Exchange { get; init; }

    public required uint InstrumentToken { get; init; }

    public required string Isin { get; init; }

    public string Product { get; init; } = "CNC";

    public decimal Price { get; init; }

    public required int Quantity { get; init; }

    public required int UsedQuantity { get; init; }

    public required int T1Quantity { get; init; }

    public required int RealisedQuantity { get; init; }

    public int AuthorisedQuantity { get; init; }

    public required string AuthorisedDate { get; init; }

    public object Authorisation { get; init; } = new();

    public required int OpeningQuantity { get; init; }

    public int ShortQuantity { get; init; }

    public int CollateralQuantity { get; init; }

    public string CollateralType { get; init; } = string.Empty;

    public bool Discrepancy { get; init; }

    public required decimal AveragePrice { get; init; }

    public required decimal LastPrice { get; init; }

    public required decimal ClosePrice { get; init; }

    public decimal Pnl => (LastPrice - AveragePrice) * Quantity;

    public decimal DayChange => LastPrice - ClosePrice;

    public decimal DayChangePercentage => ClosePrice == 0 ? 0 : 100 * DayChange / ClosePrice;

    public object Mtf { get; init; } = new
    {
        Quantity = 0,
        UsedQuantity = 0,
        AveragePrice = 0,
        Value = 0,
        InitialMargin = 0,
    };

    public static HoldingRow Of(HoldingState state, int used, BoardEntry entry, DateOnly today) =>
        new()
        {
            Tradingsymbol = state.Symbol,
            Exchange = state.Exchange,
            InstrumentToken = state.Token,
            Isin = entry.Listing.Isin,
            Quantity = state.Quantity,
            UsedQuantity = Math.Min(used, state.Quantity),
            T1Quantity = state.T1,
            RealisedQuantity = state.Delivered,
            AuthorisedDate = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " 00:00:00",
            OpeningQuantity = state.Quantity,
            AveragePrice = state.AveragePrice,
            LastPrice = entry.Snapshot.LastPrice,
            ClosePrice = entry.Snapshot.Close,
        };
}
