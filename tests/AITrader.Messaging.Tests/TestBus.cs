using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Messaging.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace AITrader.Messaging.Tests;

/// <summary>One process's view of the bus: its own connections and its own name.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    private readonly IHost _host;

    private TestBus(IHost host) => _host = host;

    public IStreamPublisher Publisher => Get<IStreamPublisher>();

    public IStreamReaders Readers => Get<IStreamReaders>();

    public IStreamTransactions Transactions => Get<IStreamTransactions>();

    public IWatermarks Watermarks => Get<IWatermarks>();

    public IStreamAdmin Admin => Get<IStreamAdmin>();

    public IDatabase Redis => Get<IConnectionMultiplexer>().GetDatabase();

    public static TestBus Open(string connection, params (string Key, string Value)[] settings) => Open(connection, null, settings);

    public static TestBus Open(string connection, Action<IHostApplicationBuilder>? configure, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests" });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", connection)]);
        builder.Configuration.AddInMemoryCollection(settings.Select(static set => new KeyValuePair<string, string?>(set.Key, set.Value)));
        builder.AddMessaging();
        configure?.Invoke(builder);
        return new TestBus(builder.Build());
    }

    /// <summary>One that may send FLUSHALL and CLIENT KILL.</summary>
    public static TestBus OpenAsAdministrator(string connection, params (string Key, string Value)[] settings) =>
        Open($"{connection},allowAdmin=true", settings);

    public static async Task<TestBus> OpenEmptyAsync(string connection, params (string Key, string Value)[] settings)
    {
        var bus = OpenAsAdministrator(connection, settings);
        await bus.Redis.ExecuteAsync("FLUSHALL");
        return bus;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task StartAsync(CancellationToken ct) => _host.StartAsync(ct);

    public Task StopAsync(CancellationToken ct) => _host.StopAsync(ct);

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}

/// <summary>Messages to send, and waiting for what comes of them.</summary>
internal static class Sample
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static Tick Tick(long seq, string symbol = "BTCUSDT") =>
        new()
        {
            Symbol = symbol,
            Price = Price.Of(61000.1m + seq),
            Volume = Quantity.Of(0.002m),
            Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(seq),
            Kind = TickKind.Trade,
            Bid = Price.Of(61000.0m),
            BidSize = Quantity.Of(1.5m),
            Ask = Price.Of(61000.2m),
            AskSize = Quantity.Of(2.5m),
            Source = "test",
            Seq = seq,
            Run = string.Empty,
        };

    public static Tick[] Ticks(int count, long first = 1) => [.. Enumerable.Range(0, count).Select(i => Tick(first + i))];

    public static Signal Signal(long seq) =>
        new()
        {
            Id = AITrader.Domain.Ids.DeterministicId.Signal($"run-1:{seq}", "breakout"),
            Symbol = "BTCUSDT",
            Score = 0.75,
            Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(seq),
            Pattern = "breakout",
            Direction = SignalDirection.Bullish,
            Price = 61000.1m,
            TickId = $"run-1:{seq}",
            Seq = seq,
            Run = string.Empty,
            Features = new SignalFeatures
            {
                EmaFast = 1,
                EmaSlow = 2,
                Vwap = 3,
                StdDev = 4,
                Rsi = 50,
                Atr = 6,
                Trades = 7,
                Window = [1, 2, 3],
                Evidence = new Dictionary<string, double> { ["high"] = 61000 },
            },
        };

    public static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        while (!await condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    public static Task UntilAsync(Func<bool> condition, CancellationToken ct) => UntilAsync(() => Task.FromResult(condition()), ct);
}
