using System.Globalization;
using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Contracts;
using AITrader.Contracts.Strategies;
using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Inference.Client;
using AITrader.Storage.Rows;
using AITrader.Storage.Ticks;
using AITrader.Strategies;
using AITrader.StrategyEngine;
using AITrader.StrategyEngine.Hosting;
using AITrader.Trading.Fills;
using AITrader.Trading.Risk;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AITrader.ExecutionEngine.Tests.Hosting;

/// <summary>A replay of a tape with both engines and hosted strategies; plays market-data, the tick store and the pattern engine.</summary>
internal sealed class HostedReplay(Bench bench, MarketTape tape, string run) : IAsyncDisposable
{
    public const decimal Capital = 100_000m;

    private readonly List<(string Key, string Value)> _settings =
    [
        ("Strategy:SentimentEngine", "http://127.0.0.1:9"),
        ("Strategy:BuiltIn", "false"),
        ("Strategies:WatchEvery", "00:00:00.100"),
        ("Strategies:Settle", "00:00:00.050"),
    ];

    private int _hosted;
    private bool _signals;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public IHost Strategies { get; private set; } = null!;

    public IReadOnlyList<StrategyReport> Reports => Strategies.Services.GetRequiredService<HostedReports>().All;

    /// <summary>A market of some symbols: seeded walks, a trade of each every so often.</summary>
    public static MarketTape Market(int seed, int count, params string[] symbols)
    {
        var random = new Random(seed);
        var prices = symbols.Select(static (_, i) => i == 0 ? 1_500m : 3_500m).ToArray();
        var micros = 1_723_161_600_000_000L;
        var ticks = new PackedTick[count];
        for (var i = 0; i < count; i++)
        {
            var symbol = i % symbols.Length;
            prices[symbol] += 0.05m * random.Next(-10, 11);
            micros += random.Next(20_000, 300_000);
            ticks[i] = new PackedTick
            {
                TimeMicros = micros,
                Symbol = symbol,
                Kind = TickKind.Trade,
                Price = Price.Of(prices[symbol]),
                Size = Quantity.Of(random.Next(1, 200)),
                Bid = Price.Of(prices[symbol] - 0.05m),
                BidSize = Quantity.Of(random.Next(1, 200)),
                Ask = Price.Of(prices[symbol] + 0.05m),
                AskSize = Quantity.Of(random.Next(1, 200)),
            };
        }

        return MarketTape.Of(ticks, symbols, "by-hand");
    }

    /// <summary>One-minute bars of some symbols, seeded walks, read from a file.</summary>
    public static MarketTape Bars(ScratchFolder folder, int seed, int count, params string[] symbols)
    {
        var random = new Random(seed);
        var prices = symbols.Select(static (_, i) => i == 0 ? 1_500m : 3_500m).ToArray();
        var rows = new List<string>();
        for (var i = 0; i < count * symbols.Length; i++)
        {
            var symbol = i % symbols.Length;
            var open = prices[symbol];
            var close = prices[symbol] = open + (0.05m * random.Next(-60, 61));
            var (high, low) = (Math.Max(open, close) + (0.05m * random.Next(0, 20)), Math.Min(open, close) - (0.05m * random.Next(0, 20)));
            rows.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{symbols[symbol]},{1_723_161_600 + (60 * (i / symbols.Length))},{open},{high},{low},{close},{random.Next(1_000, 9_000)}"
                )
            );
        }

        folder.Write(
            "bars.csv.map.json",
            """{"rows":"bars","header":false,"period":"1m","time":{"format":"s"},"columns":{"symbol":1,"time":2,"open":3,"high":4,"low":5,"close":6,"volume":7}}"""
        );
        var path = folder.Write("bars.csv", string.Join('\n', rows));
        return MarketTapeReader.Read([path], new MarketTapeSettings { SpreadBps = 2 }, null, Ct);
    }

    /// <summary>Sets something else.</summary>
    public HostedReplay Set(string key, string value)
    {
        _settings.Add((key, value));
        return this;
    }

    public HostedReplay Host(string name, string source, string options = "", decimal? budget = null, string[]? symbols = null)
    {
        var key = $"Strategies:Hosted:{_hosted++}";
        _settings.AddRange([
            ($"{key}:Name", name),
            ($"{key}:Source", source),
            ($"{key}:Capital", Capital.ToString(CultureInfo.InvariantCulture)),
            ($"{key}:MaxNotional", (budget ?? 10_000_000m).ToString(CultureInfo.InvariantCulture)),
            .. (symbols ?? tape.Symbols).Select((symbol, i) => ($"{key}:Symbols:{i}", symbol)),
            .. options.Split(';', StringSplitOptions.RemoveEmptyEntries).Select((option, i) => ($"{key}:Options:{i}", option)),
        ]);
        return this;
    }

    /// <summary>The ticks of one symbol alone.</summary>
    public MarketTape Of(string symbol)
    {
        var index = tape.Symbols.ToList().IndexOf(symbol);
        return MarketTape.Of(
            [.. tape.Ticks.ToArray().Where(tick => tick.Symbol == index).Select(static tick => tick with { Symbol = 0 })],
            [symbol],
            "part"
        );
    }

    /// <summary>Starts both engines and publishes everything.</summary>
    public async Task StartAsync(bool startStrategies = true, int? until = null)
    {
        await bench.StartAsync("execution-engine", static builder => builder.AddExecution(), ("Execution:MaxOrderNotional", "1000000000"));
        if (startStrategies)
        {
            await StartStrategiesAsync();
        }

        await using (var db = bench.NewContext())
        {
            db.ReplayRuns.Add(
                new ReplayRunRow
                {
                    Run = run,
                    Source = "test",
                    Sha256 = "0",
                    Attempt = 1,
                    Ticks = tape.Count,
                    StartedAt = TimeProvider.System.GetUtcNow().AddSeconds(-1),
                }
            );
            await db.SaveChangesAsync(Ct);
        }

        if (until != 0)
        {
            await PublishAsync(0, until ?? tape.Count);
        }
    }

    public async Task StartStrategiesAsync() =>
        Strategies = await bench.StartAsync(
            "strategy-engine",
            static builder =>
            {
                builder.AddStrategy();
                builder.Services.RemoveAll<IForecaster>();
                builder.Services.AddSingleton<IForecaster, LockStepTests.LastPrice>();
            },
            [.. _settings]
        );

    /// <summary>Has the built-in rule decide signals beside the hosted strategies.</summary>
    public HostedReplay WithDecisions()
    {
        _settings.RemoveAll(static setting => setting.Key == "Strategy:BuiltIn");
        _settings.AddRange([("Strategy:BuiltIn", "true"), ("Strategy:CoolDown", "00:00:01"), ("Strategy:WarmUpTrades", "0")]);
        _signals = true;
        return this;
    }

    /// <summary>Settings of a strategy engine that is a process of its own, on the same bench.</summary>
    public (string Path, string Value)[] ProcessSettings()
    {
        var configuration = bench.Tools.Services.GetRequiredService<IConfiguration>();
        return
        [
            ("ConnectionStrings:aitrader", configuration["ConnectionStrings:aitrader"]!),
            ("ConnectionStrings:redis", configuration["ConnectionStrings:redis"]!),
            ("Streams:Instance", "strategy-engine"),
            ("Outbox:Source", "strategy-engine"),
            ("Lease:Life", "00:00:02"),
            .. _settings,
        ];
    }

    /// <summary>Publishes a part of the tape, as market-data, tick store and pattern engine do together.</summary>
    public async Task PublishAsync(int from, int to)
    {
        List<Tick> ticks = [];
        for (var i = from; i < to; i++)
        {
            ticks.Add(TickMessages.Create(tape.Ticks[i], tape.Symbols[tape.Ticks[i].Symbol], "test", run, i + 1));
        }

        await bench.Tools.Services.GetRequiredService<ITickStore>().AppendAsync(ticks, StreamNames.RawTicks, $"0-{to}", Ct);
        await bench.Bus.PublishAsync(ticks, Ct);
        if (_signals)
        {
            await bench.Bus.PublishAsync([.. ticks.Where(static tick => tick.Seq % 7 == 0).Select(SignalOf)], Ct);
        }

        await bench.Watermarks.AdvanceAsync(run, ReplayStages.Pattern, to, Ct);
    }

    public Task WaitAsync(string stage, long seq) => bench.UntilAsync(run, stage, seq);

    /// <summary>Waits until every stage has seen everything.</summary>
    public async Task FinishAsync()
    {
        await WaitAsync(ReplayStages.Strategy, tape.Count);
        await WaitAsync(ReplayStages.Execution, tape.Count);
        await bench.UntilAsync(
            static async db =>
                !await db.Outbox.AnyAsync(row => row.SentAt == null, Ct)
                && !await db.Outbox.AnyAsync(
                    row => row.Source == "strategy-engine" && row.Kind == "OrderMessage" && !db.Orders.Any(order => order.Id == row.Id),
                    Ct
                ),
            "every order was taken"
        );
    }

    /// <summary>What the strategy does in a backtest, as lines.</summary>
    public IReadOnlyList<string> Expect(Strategy strategy, string name, MarketTape? part = null)
    {
        var settings = new BacktestSettings
        {
            StartingCash = Capital,
            Currency = InstrumentCatalogue.Default.Get(tape.Symbols[0]).Currency,
            Limits = RiskLimits.Default with { MaxOrderNotional = decimal.MaxValue },
            Fills = FillRules.Default,
        };
        var result = Backtest.Run(part ?? tape, strategy, name, settings, null, Ct);
        return
        [
            .. result
                .Orders.Where(static order => order.State.Status != OrderStatus.Denied)
                .Select(static order =>
                    OrderLine(
                        order.Request.EventTime,
                        order.Request.Symbol,
                        order.Request.Side,
                        WireNames.Name(order.Request.Type),
                        order.Request.Quantity,
                        order.Request.LimitPrice,
                        WireNames.Name(order.State.Status),
                        order.Filled,
                        order.AveragePrice,
                        order.Reason
                    )
                )
                .Order(StringComparer.Ordinal),
            .. result.Fills.Select(static fill => FillLine(fill.Timestamp, fill.Symbol, fill.Side, fill.Quantity, fill.Price, fill.Fee)),
        ];
    }

    /// <summary>What was done in the name of a strategy, as lines.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string name)
    {
        await using var db = bench.NewContext();
        var orders = await db.Orders.AsNoTracking().Where(row => row.Origin == name && row.Run == run).ToListAsync(Ct);
        var ids = orders.ConvertAll(static row => row.Id);
        var fills = await db
            .Executions.AsNoTracking()
            .Where(row => ids.Contains(row.OrderId))
            .OrderBy(static row => row.TradeId)
            .ToListAsync(Ct);
        return
        [
            .. orders
                .Select(static row =>
                    OrderLine(
                        row.EventTime,
                        row.Symbol,
                        row.Side,
                        row.Type,
                        row.Quantity,
                        row.Price,
                        row.Status,
                        row.FilledQuantity,
                        row.AveragePrice,
                        row.Reason
                    )
                )
                .Order(StringComparer.Ordinal),
            .. fills.Select(static row => FillLine(row.Timestamp, row.Symbol, row.Side, row.Quantity, row.Price, row.Fee)),
        ];
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private static Signal SignalOf(Tick tick) => LockStepTests.SignalOf(tick, "breakout", new Random((int)tick.Seq));

    private static string OrderLine(
        DateTimeOffset at,
        string symbol,
        Side side,
        string type,
        decimal quantity,
        decimal? price,
        string status,
        decimal filled,
        decimal? average,
        string reason
    ) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"order {at:O} {symbol} {side} {type} {quantity:0.########} {price:0.########} {status}{(status == "DENIED" ? reason : null)} {filled:0.########} {average:0.########}"
        );

    private static string FillLine(DateTimeOffset at, string symbol, Side side, decimal quantity, decimal price, decimal fee) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"fill {at:O} {symbol} {side} {quantity:0.########} {price:0.########} {fee:0.########}"
        );
}
