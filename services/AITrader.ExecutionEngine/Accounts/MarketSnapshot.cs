using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Trading.Engine;
using AITrader.Trading.Market;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>What the desk knows of the markets, kept in Redis with the acknowledgement of the ticks that it comes from.</summary>
internal sealed record MarketSnapshot(string Run, long Seq, DateTimeOffset Now, Dictionary<string, MarketState> Markets)
{
    public const string Key = "execution:markets";

    public static ReadOnlyMemory<byte> Write(TradingDesk desk) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new MarketSnapshot(
                desk.Run ?? string.Empty,
                desk.Seq,
                desk.Now,
                new Dictionary<string, MarketState>(desk.Markets, StringComparer.Ordinal)
            ),
            SnapshotJson.Default.MarketSnapshot
        );

    public static MarketSnapshot? Read(ReadOnlyMemory<byte>? blob) =>
        blob is { } bytes ? JsonSerializer.Deserialize(bytes.Span, SnapshotJson.Default.MarketSnapshot) : null;
}

[JsonSerializable(typeof(MarketSnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
