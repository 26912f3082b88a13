using System.Text.Json;
using AITrader.Storage.Decisions;

namespace AITrader.StrategyEngine.Decisions;

/// <summary>The position and its working orders at the tick of a signal.</summary>
/// <param name="Exposure">Signed position, with what working orders may add.</param>
/// <param name="LastOrderAt">Event time of the symbol's last order in this run.</param>
internal sealed record PositionView(decimal Exposure, DateTimeOffset? LastOrderAt)
{
    public static PositionView Of(StoredPosition stored) =>
        new(stored.Quantity + stored.Working + stored.Unsettled.Sum(SignedQuantity), stored.LastOrderAt);

    private static decimal SignedQuantity(string provenance) =>
        JsonSerializer.Deserialize(provenance, DecisionJson.Default.Provenance)?.Order is { } order
            ? order.Side == "BUY"
                ? order.Qty
                : -order.Qty
            : 0m;
}
