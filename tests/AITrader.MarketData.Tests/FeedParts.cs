using System.Diagnostics.Metrics;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Diagnostics;
using AITrader.MarketData.Live;
using AITrader.MarketData.OrderBooks;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Tests;

/// <summary>What a venue's parts are given by the service, without a bus and a database.</summary>
internal sealed class FeedParts : IFeedHost, IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public FeedParts(string venue, TimeProvider time)
    {
        var definition = new VenueDefinition(venue, static _ => { });
        var options = Options.Create(new FeedOptions());
        Metrics = new FeedMetrics(_services.GetRequiredService<IMeterFactory>());
        State = new FeedState(time);
        Intake = new TickIntake(definition, new LiveSequence(time), State, Metrics, options, NullLogger<TickIntake>.Instance);
        var guard = new SilenceGuard(State, Metrics, time, NullLogger<SilenceGuard>.Instance);
        Health = new FeedHealth(definition, Intake, State, guard, Metrics, options, NullLogger<FeedHealth>.Instance);
        Books = new BookPublisher(Options.Create(new BookOptions()), time);
    }

    public FeedMetrics Metrics { get; }

    public FeedState State { get; }

    public TickIntake Intake { get; }

    public ITickIntake Ticks => Intake;

    public IFeedHealth Health { get; }

    public IOrderBookSink Books { get; }

    public TimeSpan SilenceLimit => TimeSpan.FromSeconds(5);

    public ValueTask PublishAsync(List<Tick> ticks, CancellationToken ct)
    {
        ticks.Clear();
        return ValueTask.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, RecordedTick>> FindNewestAsync(
        IReadOnlyCollection<string> symbols,
        bool needsTrade,
        CancellationToken ct
    ) => Task.FromResult<IReadOnlyDictionary<string, RecordedTick>>(new Dictionary<string, RecordedTick>());

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
