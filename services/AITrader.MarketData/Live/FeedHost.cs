using AITrader.Domain.Ticks;
using AITrader.MarketData.OrderBooks;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Live;

/// <summary>What the service gives to the feed of the venue that is configured.</summary>
internal sealed class FeedHost(
    TickIntake intake,
    FeedHealth health,
    BookPublisher books,
    TickQueue queue,
    EarlierTicks earlier,
    IOptions<FeedOptions> options
) : IFeedHost
{
    public ITickIntake Ticks => intake;

    public IFeedHealth Health => health;

    public IOrderBookSink Books => books;

    public TimeSpan SilenceLimit => options.Value.SilenceLimit;

    public ValueTask PublishAsync(List<Tick> ticks, CancellationToken ct) => queue.AddAsync(ticks, ct);

    public Task<IReadOnlyDictionary<string, RecordedTick>> FindNewestAsync(
        IReadOnlyCollection<string> symbols,
        bool needsTrade,
        CancellationToken ct
    ) => earlier.FindAsync(symbols, needsTrade, ct);
}
