using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Storage;
using AITrader.Storage.Model;
using AITrader.Storage.Ticks;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace AITrader.Benchmarks;

/// <summary>Storing ticks exactly once, against a bare binary COPY into a plain table of the same columns. One server, fsync off for
/// both.</summary>
internal sealed class TickStoreBenchmark : IBenchmark
{
    private const int Batch = 10_000;
    private const int Rounds = 10;
    private const string Stream = "bench:raw_ticks";

    private long _seq;

    public string Name => "ticks";

    public string Summary => "tick store (COPY, position, partitions) against a bare binary COPY";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        // Not in a container, whose proxy and file system would be measured too.
        await using var server = await PostgresServer.StartProcessAsync();
        var connectionString = await server.CreateDatabaseAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration[$"ConnectionStrings:{AITraderDbContext.ConnectionName}"] = connectionString;
        builder.AddStorage();
        using var host = builder.Build();
        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<AITraderDbContext>>().CreateDbContextAsync(ct))
        {
            await db.Database.MigrateAsync(ct);
            await db.Database.ExecuteSqlAsync($"CREATE TABLE bare_ticks (LIKE ticks)", ct);
        }

        var store = host.Services.GetRequiredService<ITickStore>();
        await using var bare = new NpgsqlConnection(connectionString);
        await bare.OpenAsync(ct);

        progress.Report($"{Rounds} batches of {Batch} rows a turn");
        var result = await PairedMeasurement.MeasureAsync(() => StoreAsync(store, ct), () => CopyAsync(bare, ct), ct);
        const double Rows = Batch * Rounds;
        var share = 1 / result.Ratio * 100;
        return new BenchmarkReport(
            [new("tick store", Rows / result.Subject, "rows/s"), new("bare COPY", Rows / result.Floor, "rows/s")],
            [new("tick_store_share", share, "%", ">= 80", share >= 80)],
            [new("tick store", result.Control)]
        );
    }

    private async Task StoreAsync(ITickStore store, CancellationToken ct)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await store.AppendAsync(Next(), Stream, $"{_seq}-0", ct);
        }
    }

    private async Task CopyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await using var copy = await connection.BeginBinaryImportAsync("COPY bare_ticks FROM STDIN (FORMAT BINARY)", ct);
            foreach (var tick in Next())
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(tick.Symbol, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(tick.Timestamp, NpgsqlDbType.TimestampTz, ct);
                await copy.WriteAsync('T', NpgsqlDbType.Char, ct);
                await copy.WriteAsync(tick.Price.ToDecimal(), NpgsqlDbType.Numeric, ct);
                await copy.WriteAsync(tick.Volume.ToDecimal(), NpgsqlDbType.Numeric, ct);
                await copy.WriteAsync(tick.Bid!.Value.ToDecimal(), NpgsqlDbType.Numeric, ct);
                await copy.WriteAsync(tick.BidSize!.Value.ToDecimal(), NpgsqlDbType.Numeric, ct);
                await copy.WriteAsync(tick.Ask!.Value.ToDecimal(), NpgsqlDbType.Numeric, ct);
                await copy.WriteAsync(tick.AskSize!.Value.ToDecimal(), NpgsqlDbType.Numeric, ct);
                await copy.WriteAsync(tick.Source, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(tick.Run, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(tick.Seq, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync((short)tick.Flags, NpgsqlDbType.Smallint, ct);
                await copy.WriteAsync(tick.ReceivedAt!.Value, NpgsqlDbType.TimestampTz, ct);
                await copy.WriteAsync(tick.TradeId!.Value, NpgsqlDbType.Bigint, ct);
            }

            await copy.CompleteAsync(ct);
        }
    }

    private Tick[] Next()
    {
        var ticks = new Tick[Batch];
        for (var i = 0; i < Batch; i++)
        {
            _seq++;
            ticks[i] = new Tick
            {
                Symbol = "BTCUSDT",
                Price = Price.Of(61800.30m + (_seq % 100 * 0.1m)),
                Volume = Quantity.Of(0.006m),
                Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(1_723_161_255).AddMicroseconds(_seq),
                Kind = TickKind.Trade,
                Bid = Price.Of(61800.20m),
                BidSize = Quantity.Of(2.507m),
                Ask = Price.Of(61800.30m),
                AskSize = Quantity.Of(2.510m),
                Source = "bench",
                Seq = _seq,
                TradeId = 5_266_583_935 + _seq,
                Flags = TickFlags.Filled,
                ReceivedAt = DateTimeOffset.UnixEpoch.AddSeconds(1_723_161_256).AddMicroseconds(_seq),
            };
        }

        return ticks;
    }
}
