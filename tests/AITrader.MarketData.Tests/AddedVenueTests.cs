using AITrader.Domain.Normalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.TestSupport;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Tests;

/// <summary>A venue is a folder and a line: this one is added by a definition alone.</summary>
public sealed class AddedVenueTests(RedisFixture redis, PostgresFixture postgres)
    : IClassFixture<RedisFixture>,
        IClassFixture<PostgresFixture>
{
    private const string Symbol = "TEST:ONE";

    private static readonly VenueDefinition[] Venues =
    [
        .. MarketDataHostExtensions.Venues,
        new("testvenue", static builder => builder.Services.AddSingleton<IMarketFeed, TestFeed>()),
    ];

    [Fact]
    public async Task Is_offered_followed_and_stopped()
    {
        TestFeed feed;
        await using (var host = await StartAsync(("Feed:Kind", "testvenue")))
        {
            feed = Assert.IsType<TestFeed>(host.Services.GetRequiredService<IMarketFeed>());
            await Eventually.TrueAsync(async () => (await host.StreamAsync()).Count == 2, "its ticks are published");

            Assert.Equal(
                [("testvenue", Symbol, 10m), ("testvenue", Symbol, 11m)],
                (await host.StreamAsync()).Select(static tick => (tick.Source, tick.Symbol, (decimal)tick.Price))
            );
            var answer = await host.FeedAsync();
            Assert.Equal("testvenue", answer.GetProperty("kind").GetString());
            Assert.Equal("connected", answer.GetProperty("state").GetString());
            Assert.Equal(Symbol, Assert.Single(answer.GetProperty("instruments").EnumerateArray()).GetProperty("symbol").GetString());
            Assert.False(feed.IsStopped);
        }

        Assert.True(feed.IsStopped);
    }

    [Fact]
    public async Task Is_named_where_another_name_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(("Feed:Kind", "reuters")));
        Assert.Contains("Feed:Kind is kite or binance or testvenue.", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Nothing else has to be touched: one file of the service knows venues by name.</summary>
    [Fact]
    public void Touches_one_line_of_the_service()
    {
        var root = SharedData.RepositoryRoot;
        var venues = Directory
            .EnumerateDirectories(Path.Combine(root, "libraries", "AITrader.Venues"))
            .Select(static folder => Path.GetFileName(folder)!)
            .Where(static name => name is not ("Feeds" or "Downloads" or "obj" or "bin"))
            .ToList();
        Assert.Equal(["Binance", "Kite"], venues.Order(StringComparer.Ordinal));
        var knowing = Directory
            .EnumerateFiles(Path.Combine(root, "services", "AITrader.MarketData"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "libraries", "AITrader.Venues", "Feeds"), "*.cs"))
            .Where(file => venues.Exists(venue => File.ReadAllText(file).Contains($"Venues.{venue}", StringComparison.Ordinal)));
        var composition = Assert.Single(knowing);
        Assert.Equal("MarketDataHostExtensions.cs", Path.GetFileName(composition));
        Assert.Single(File.ReadLines(composition), static line => line.Contains(".Definition", StringComparison.Ordinal));
        Assert.Equal(venues.Count, MarketDataHostExtensions.Venues.Count);
    }

    private async Task<MarketDataHost> StartAsync(params (string, string?)[] settings) =>
        await MarketDataHost.StartAsync(
            redis.ConnectionString,
            await postgres.NewDatabaseAsync(),
            Venues,
            [("Feed:Enabled", "true"), .. settings]
        );

    private sealed class TestFeed(IFeedHost host, TimeProvider time) : IMarketFeed
    {
        private int _symbol;

        public bool IsStopped { get; private set; }

        public Task OpenAsync(CancellationToken ct)
        {
            _symbol = host.Ticks.Define(Symbol, new InstrumentRules());
            host.Health.Watch([_symbol]);
            host.Health.Expect(1, 1, 1);
            return Task.CompletedTask;
        }

        public async Task RunAsync(CancellationToken ct)
        {
            host.Health.Connected(1, 1);
            var ticks = new List<Tick>();
            for (var price = 10; price <= 11; price++)
            {
                var micros = EventTime.ToMicros(time.GetUtcNow());
                host.Health.Received();
                host.Health.Heard(_symbol);
                host.Ticks.Take(
                    new SourceTick
                    {
                        ReceivedMicros = micros,
                        Tick = new PackedTick
                        {
                            TimeMicros = micros,
                            Symbol = _symbol,
                            Kind = TickKind.Trade,
                            Price = Price.Of(price),
                            Size = Quantity.Of(1),
                        },
                    },
                    ticks
                );
                await host.PublishAsync(ticks, ct);
            }

            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
            }
            finally
            {
                IsStopped = true;
            }
        }

        public Task ResubscribeAsync(IReadOnlyList<int> instruments, CancellationToken ct) => Task.CompletedTask;

        public void Reconnect(IReadOnlyList<int> instruments, string reason) { }
    }
}
