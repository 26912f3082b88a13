using AITrader.Backend.Data;
using AITrader.Contracts.Codecs;
using AITrader.Domain.Ticks;
using Parquet;
using Parquet.Schema;

namespace AITrader.Backend.Ticks;

/// <summary>Ticks as a Parquet file: times in microseconds UTC, numbers as exact decimals; one row group at a time is held in
/// memory.</summary>
internal static class TickParquet
{
    private const int RowGroup = 50_000;
    private const int Precision = 28;
    private const int PriceDecimals = 9;
    private const int QuantityDecimals = 8;

    private static readonly DataField<string> Symbol = new("symbol", nullable: false);
    private static readonly DateTimeDataField Timestamp = new(
        "timestamp",
        DateTimeFormat.Timestamp,
        isAdjustedToUTC: true,
        unit: DateTimeTimeUnit.Micros
    );
    private static readonly DataField<string> Kind = new("kind", nullable: false);
    private static readonly DecimalDataField Price = new("price", Precision, PriceDecimals, isNullable: false);
    private static readonly DecimalDataField Volume = new("volume", Precision, QuantityDecimals, isNullable: false);
    private static readonly DecimalDataField Bid = new("bid", Precision, PriceDecimals, isNullable: true);
    private static readonly DecimalDataField BidSize = new("bid_size", Precision, QuantityDecimals, isNullable: true);
    private static readonly DecimalDataField Ask = new("ask", Precision, PriceDecimals, isNullable: true);
    private static readonly DecimalDataField AskSize = new("ask_size", Precision, QuantityDecimals, isNullable: true);
    private static readonly DataField<string> Source = new("source", nullable: false);
    private static readonly DataField<string> Run = new("run", nullable: false);
    private static readonly DataField<long> Seq = new("seq");
    private static readonly DataField<string> Flags = new("flags", nullable: false);
    private static readonly DateTimeDataField Received = new(
        "received",
        DateTimeFormat.Timestamp,
        isAdjustedToUTC: true,
        unit: DateTimeTimeUnit.Micros,
        isNullable: true
    );
    private static readonly DataField<long?> TradeId = new("trade_id");

    private static readonly ParquetSchema Schema = new(
        Symbol,
        Timestamp,
        Kind,
        Price,
        Volume,
        Bid,
        BidSize,
        Ask,
        AskSize,
        Source,
        Run,
        Seq,
        Flags,
        Received,
        TradeId
    );

    public static async Task WriteAsync(IAsyncEnumerable<Tick> ticks, Stream target, CancellationToken ct)
    {
        await using var sink = new GatheringStream(target);
        await using (var writer = await ParquetWriter.CreateAsync(Schema, sink, cancellationToken: ct))
        {
            var rows = new List<Tick>(RowGroup);
            await foreach (var tick in ticks.WithCancellation(ct))
            {
                rows.Add(tick);
                if (rows.Count == RowGroup)
                {
                    await WriteAsync(writer, rows, ct);
                    await sink.FlushAsync(ct);
                    rows.Clear();
                }
            }

            if (rows.Count > 0)
            {
                await WriteAsync(writer, rows, ct);
            }
        }

        await sink.FlushAsync(ct);
    }

    private static async Task WriteAsync(ParquetWriter writer, List<Tick> rows, CancellationToken ct)
    {
        using var group = writer.CreateRowGroup();
        await group.WriteAsync(Symbol, rows.ConvertAll(static tick => tick.Symbol));
        await group.WriteAsync<DateTime>(Timestamp, Column(rows, static tick => tick.Timestamp.UtcDateTime), cancellationToken: ct);
        await group.WriteAsync(Kind, rows.ConvertAll(static tick => tick.Kind == TickKind.Trade ? "trade" : "quote"));
        await group.WriteAsync<decimal>(Price, Column(rows, static tick => (decimal)tick.Price), cancellationToken: ct);
        await group.WriteAsync<decimal>(Volume, Column(rows, static tick => (decimal)tick.Volume), cancellationToken: ct);
        await group.WriteAsync<decimal>(Bid, Column(rows, static tick => (decimal?)tick.Bid), cancellationToken: ct);
        await group.WriteAsync<decimal>(BidSize, Column(rows, static tick => (decimal?)tick.BidSize), cancellationToken: ct);
        await group.WriteAsync<decimal>(Ask, Column(rows, static tick => (decimal?)tick.Ask), cancellationToken: ct);
        await group.WriteAsync<decimal>(AskSize, Column(rows, static tick => (decimal?)tick.AskSize), cancellationToken: ct);
        await group.WriteAsync(Source, rows.ConvertAll(static tick => tick.Source));
        await group.WriteAsync(Run, rows.ConvertAll(static tick => tick.Run));
        await group.WriteAsync<long>(Seq, Column(rows, static tick => tick.Seq), cancellationToken: ct);
        await group.WriteAsync(Flags, rows.ConvertAll(static tick => string.Join(' ', TickFlagCodec.Of(tick.Flags))));
        await group.WriteAsync<DateTime>(Received, Column(rows, static tick => tick.ReceivedAt?.UtcDateTime), cancellationToken: ct);
        await group.WriteAsync<long>(TradeId, Column(rows, static tick => tick.TradeId), cancellationToken: ct);
        group.CompleteValidate();
    }

    private static ReadOnlyMemory<T> Column<T>(List<Tick> rows, Func<Tick, T> value) => rows.Select(value).ToArray();
}
