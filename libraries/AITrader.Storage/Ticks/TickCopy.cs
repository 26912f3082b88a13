using AITrader.Domain.Ticks;
using Npgsql;
using NpgsqlTypes;

namespace AITrader.Storage.Ticks;

/// <summary>Binary COPY of ticks.</summary>
internal static class TickCopy
{
    private const string Command =
        "COPY ticks (symbol, timestamp, kind, price, volume, bid, bid_size, ask, ask_size, source, run, seq, flags, received, trade_id) FROM STDIN (FORMAT BINARY)";

    public static async Task WriteAsync(NpgsqlConnection connection, IEnumerable<Tick> ticks, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(Command, ct);
        foreach (var tick in ticks)
        {
            await WriteRowAsync(copy, tick, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static async Task WriteRowAsync(NpgsqlBinaryImporter copy, Tick tick, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(tick.Symbol, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(tick.Timestamp.ToUniversalTime(), NpgsqlDbType.TimestampTz, ct);
        await copy.WriteAsync(TickKinds.ToLetter(tick.Kind), NpgsqlDbType.Char, ct);
        await copy.WriteAsync((decimal)tick.Price, NpgsqlDbType.Numeric, ct);
        await copy.WriteAsync((decimal)tick.Volume, NpgsqlDbType.Numeric, ct);
        await WriteAsync(copy, tick.Bid, ct);
        await WriteAsync(copy, tick.BidSize, ct);
        await WriteAsync(copy, tick.Ask, ct);
        await WriteAsync(copy, tick.AskSize, ct);
        await copy.WriteAsync(tick.Source, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(tick.Run, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(tick.Seq, NpgsqlDbType.Bigint, ct);
        await copy.WriteAsync((short)tick.Flags, NpgsqlDbType.Smallint, ct);
        await WriteAsync(copy, tick.ReceivedAt, ct);
        await WriteAsync(copy, tick.TradeId, ct);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, long? value, CancellationToken ct) =>
        value is { } number ? copy.WriteAsync(number, NpgsqlDbType.Bigint, ct) : copy.WriteNullAsync(ct);

    private static Task WriteAsync(NpgsqlBinaryImporter copy, DateTimeOffset? value, CancellationToken ct) =>
        value is { } time ? copy.WriteAsync(time.ToUniversalTime(), NpgsqlDbType.TimestampTz, ct) : copy.WriteNullAsync(ct);

    private static Task WriteAsync(NpgsqlBinaryImporter copy, decimal? value, CancellationToken ct) =>
        value is { } number ? copy.WriteAsync(number, NpgsqlDbType.Numeric, ct) : copy.WriteNullAsync(ct);
}
