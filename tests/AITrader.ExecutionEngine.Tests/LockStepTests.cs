using AITrader.Contracts;
using AITrader.Domain.Ids;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.ExecutionEngine.Tests.Support;
using AITrader.Inference.Client;
using AITrader.StrategyEngine;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AITrader.ExecutionEngine.Tests;

/// <summary>Both engines on one replay: how ticks are batched and how often somebody dies changes no row.</summary>
public sealed class LockStepTests
{
    private const int Ticks = 400;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_ticks_and_signals_give_the_same_decisions_orders_and_executions()
    {
        var plain = await RowsAsync(batch: 512, patternStep: 64, restarts: false);
        Assert.True(plain.Count(static row => row.StartsWith("execution", StringComparison.Ordinal)) > 10);
        Assert.Equal(plain, await RowsAsync(batch: 3, patternStep: 1, restarts: false));
        Assert.Equal(plain, await RowsAsync(batch: 32, patternStep: Ticks, restarts: true));
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(int batch, int patternStep, bool restarts)
    {
        await using var bench = await Bench.StartAsync();
        var session = Session.Random("run-a", 21, Ticks);
        var signals = SignalsOf(session);
        var engines = await StartAsync(bench, batch);
        await bench.Bus.PublishAsync(session.Ticks, Ct);
        for (var from = 0; from < Ticks; from += patternStep)
        {
            var to = Math.Min(from + patternStep, Ticks);
            await bench.Bus.PublishAsync(signals.Where(signal => signal.Seq > from && signal.Seq <= to).ToList(), Ct);
            await bench.Watermarks.AdvanceAsync(session.Run, ReplayStages.Pattern, to, Ct);
        }

        for (var stop = 100; restarts && stop < Ticks; stop += 100)
        {
            await Replay.WaitAsync(bench, session.Run, stop);
            foreach (var engine in engines)
            {
                await bench.StopAsync(engine);
            }

            engines = await StartAsync(bench, batch);
        }

        await Replay.WaitAsync(bench, session.Run, Ticks);
        return [.. await DecisionsAsync(bench, signals.Count), .. await Replay.RowsAsync(bench)];
    }

    private static async Task<List<string>> DecisionsAsync(Bench bench, int expected)
    {
        await using var db = bench.NewContext();
        var rows = await db.Decisions.OrderBy(static row => row.Seq).ThenBy(static row => row.Id).ToListAsync(Ct);
        Assert.Equal(expected, rows.Count);
        return rows.ConvertAll(static row => $"decision {row.Id} {row.Action} {row.Score:R} {row.Reason} {row.Factors} {row.OrderId}");
    }

    private static async Task<IHost[]> StartAsync(Bench bench, int batch) =>
        [
            await bench.StartAsync("execution-engine", static builder => builder.AddExecution(), ("Execution:BatchSize", $"{batch}")),
            await bench.StartAsync(
                "strategy-engine",
                static builder =>
                {
                    builder.AddStrategy();
                    builder.Services.RemoveAll<IForecaster>();
                    builder.Services.AddSingleton<IForecaster, LastPrice>();
                },
                ("Strategy:SentimentEngine", "http://127.0.0.1:9"),
                ("Strategy:CoolDown", "00:00:00.200"),
                ("Strategy:RepeatWindow", "00:00:00"),
                ("Strategy:WarmUpTrades", "0")
            ),
        ];

    // What a pattern engine could have found: about every tenth tick a signal, sometimes two at one tick.
    private static List<Signal> SignalsOf(Session session)
    {
        var random = new Random(5);
        var signals = new List<Signal>();
        foreach (var tick in session.Ticks.Where(tick => tick.Seq < Ticks && random.Next(10) == 0))
        {
            signals.AddRange(new[] { "breakout", "ema_cross" }.Take(random.Next(1, 3)).Select(pattern => SignalOf(tick, pattern, random)));
        }

        return signals;
    }

    internal static Signal SignalOf(Tick tick, string pattern, Random random) =>
        new()
        {
            Id = DeterministicId.Signal(tick.TickId, pattern),
            Symbol = tick.Symbol,
            Score = random.NextDouble(),
            Timestamp = tick.Timestamp,
            Pattern = pattern,
            Direction = random.Next(2) == 0 ? SignalDirection.Bullish : SignalDirection.Bearish,
            Price = tick.Price,
            TickId = tick.TickId,
            Seq = tick.Seq,
            Run = tick.Run,
            Features = new SignalFeatures
            {
                EmaFast = 60_000 + random.NextDouble(),
                EmaSlow = 60_000,
                Vwap = 60_000,
                StdDev = 1,
                Rsi = random.Next(101),
                Atr = 0.5,
                Bid = tick.Bid,
                Ask = tick.Ask,
                Trades = tick.Seq,
                Window = [tick.Price.ToDouble()],
                Evidence = new Dictionary<string, double>(),
            },
        };

    internal sealed class LastPrice : IForecaster
    {
        public Task<ForecastOutcome> ForecastAsync(ForecastRequest request, CancellationToken cancellationToken)
        {
            var leg = new RaceLeg("onnx-runner", LegFate.Answered, TimeSpan.FromMilliseconds(1));
            return Task.FromResult<ForecastOutcome>(
                new ForecastOutcome.Answered(
                    new Forecast(
                        [request.Prices[^1]],
                        new ForecastProvenance(request.Model, "1", "CPU", leg, null, leg.Latency, 1, TimeSpan.Zero, TimeSpan.Zero)
                    )
                )
            );
        }
    }
}
