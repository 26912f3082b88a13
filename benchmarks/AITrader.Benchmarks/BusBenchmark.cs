using System.Diagnostics;
using System.Globalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.Benchmarks;

/// <summary>Publishing ticks with their real fields, against redis-benchmark's XADD of the same bytes at the same depth, on one server with
/// AOF.</summary>
internal sealed class BusBenchmark : IBenchmark
{
    private const int Batch = 1_000;
    private const int Rounds = 40;
    private const int Depth = 64;

    // The fields of a tick, as the publisher writes them.
    private const string Entry =
        "symbol BTCUSDT price 61800.30 volume 0.006 timestamp 2024-08-08T23:54:15.030314Z kind trade"
        + " bid 61800.20 bid_size 2.507 ask 61800.30 ask_size 2.510 source binance-capture seq 123456";

    public string Name => "bus";

    public string Summary => "tick publisher against redis-benchmark's XADD, same fields, AOF everysec";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        await using var redis = new BenchRedis();
        using var host = redis.Host();
        await host.StartAsync(ct);
        var report = await MeasureAsync(host, redis.Port, progress, ct);
        await host.StopAsync(ct);
        return report;
    }

    private static async Task<BenchmarkReport> MeasureAsync(IHost host, int port, IProgress<string> progress, CancellationToken ct)
    {
        var publisher = host.Services.GetRequiredService<IStreamPublisher>();
        var ticks = Ticks();

        progress.Report("publisher against redis-benchmark");
        var result = await PairedMeasurement.MeasureAsync(
            async () =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    await publisher.PublishAsync(ticks, ct);
                }
            },
            () => RedisBenchmarkAsync(port, ct),
            ct
        );

        const double Messages = Batch * Rounds;
        var share = 1 / result.Ratio * 100;
        return new BenchmarkReport(
            [
                new("publisher", Messages / result.Subject, "ticks/s"),
                new($"redis-benchmark XADD, -P {Depth}", Messages / result.Floor, "entries/s"),
            ],
            [new("bus_publish_share", share, "%", ">= 70", share >= 70)],
            [new("publisher", result.Control)]
        );
    }

    private static IReadOnlyList<Tick> Ticks() =>
        [
            .. Enumerable
                .Range(1, Batch)
                .Select(static i => new Tick
                {
                    Symbol = "BTCUSDT",
                    Price = Price.Of(61800.30m),
                    Volume = Quantity.Of(0.006m),
                    Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(1_723_161_255).AddMicroseconds(i),
                    Kind = TickKind.Trade,
                    Bid = Price.Of(61800.20m),
                    BidSize = Quantity.Of(2.507m),
                    Ask = Price.Of(61800.30m),
                    AskSize = Quantity.Of(2.510m),
                    Source = "binance-capture",
                    Seq = i,
                }),
        ];

    private static async Task RedisBenchmarkAsync(int port, CancellationToken ct)
    {
        var arguments = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {port} -c 1 -P {Depth} -n {Batch * Rounds} -q XADD bench:raw_ticks * {Entry}"
        );
        using var process = Process.Start(new ProcessStartInfo("redis-benchmark", arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("redis-benchmark failed; it comes with redis-tools");
        }
    }
}
