using System.Diagnostics;
using System.Globalization;
using AITrader.Contracts.Messages;
using AITrader.Domain.Signals;
using AITrader.Messaging;
using AITrader.Signals.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Benchmarks;

/// <summary>What one round found.</summary>
/// <param name="Reached">Decisions a second.</param>
/// <param name="Latency">From publishing a signal until its decision, which is published after the commit, is read.</param>
/// <param name="Forecast">Share of decisions with a forecast of the race.</param>
/// <param name="Ordered">Share of decisions that led to an order.</param>
internal sealed record DecisionResult(double Reached, LatencyHistogram Latency, double Forecast, double Ordered)
{
    public double Millis(double percent) => Latency.PercentileNanos(percent) / 1e6;
}

/// <summary>Sends live signals at a rate to a strategy engine and reads when each is decided.</summary>
internal sealed class DecisionRounds(IServiceProvider services)
{
    private const int MaxRead = 1_000;
    private const int Symbols = 20;
    private const int WindowLength = 64;

    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Patterns = ["ema_cross", "breakout", "vwap_deviation"];

    private readonly IStreamPublisher _bus = services.GetRequiredService<IStreamPublisher>();
    private readonly Dictionary<Guid, long> _sent = [];
    private int _number;

    /// <summary>Signals at a rate. The first second does not count: a reader that begins is late.</summary>
    public async Task<DecisionResult> RunAsync(int rate, TimeSpan length, CancellationToken ct)
    {
        var count = (int)(rate * length.TotalSeconds);
        var reading = ReadAsync(count, rate, ct);
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(begin);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, TimeProvider.System, ct);
            }

            var signal = Signal();
            lock (_sent)
            {
                _sent[signal.Id] = Stopwatch.GetTimestamp();
            }

            await _bus.PublishAsync(signal, ct);
        }

        var (latency, forecasts, orders) = await reading;
        return new DecisionResult(
            count / Stopwatch.GetElapsedTime(begin).TotalSeconds,
            latency,
            (double)forecasts / count,
            (double)orders / count
        );
    }

    private async Task<(LatencyHistogram Latency, int Forecasts, int Orders)> ReadAsync(int count, int unsettled, CancellationToken ct)
    {
        var latency = new LatencyHistogram();
        var (taken, forecasts, orders) = (0, 0, 0);
        await using var reader = services.GetRequiredService<IStreamReaders>().Open<DecisionMessage>($"bench-{_number}");
        while (taken < count)
        {
            foreach (var message in (await reader.ReadAsync(MaxRead, Block, ct)).Select(static entry => entry.Message))
            {
                if (TryTake(message.SignalId, out var sentAt))
                {
                    if (taken++ >= unsettled)
                    {
                        latency.Record((long)Stopwatch.GetElapsedTime(sentAt).TotalNanoseconds);
                    }

                    forecasts += message.Provenance.Contains("\"source\":\"race\"", StringComparison.Ordinal) ? 1 : 0;
                    orders += message.Action == "HOLD" ? 0 : 1;
                }
            }
        }

        return (latency, forecasts, orders);
    }

    private bool TryTake(Guid signal, out long sentAt)
    {
        lock (_sent)
        {
            return _sent.Remove(signal, out sentAt);
        }
    }

    private Signal Signal()
    {
        var number = ++_number;
        return new Signal
        {
            Id = new Guid(number, 2, 2, new byte[8]),
            Symbol = string.Create(CultureInfo.InvariantCulture, $"BENCH{number % Symbols}"),
            Score = 0.8,
            Timestamp = TimeProvider.System.GetUtcNow(),
            Pattern = Patterns[number / Symbols % Patterns.Length],
            Direction = number / Symbols % 2 == 0 ? SignalDirection.Bullish : SignalDirection.Bearish,
            Price = 100m,
            TickId = string.Create(CultureInfo.InvariantCulture, $"bench:{number}"),
            Seq = number,
            Features = new SignalFeatures
            {
                EmaFast = 100.1,
                EmaSlow = 100,
                Vwap = 100,
                StdDev = 1,
                Rsi = 60,
                Atr = 0.2,
                Bid = 99.9m,
                Ask = 100.1m,
                Trades = 1_000,
                Window = [.. Enumerable.Range(0, WindowLength).Select(i => 100 + (((number + i) % 7) * 0.1))],
                Evidence = new Dictionary<string, double> { ["spread"] = 1 },
            },
        };
    }
}
