using AITrader.Contracts;
using AITrader.MarketData.Diagnostics;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.OrderBooks;

/// <summary>Brings changed books to the cache and to the monitor, each symbol not more often than the interval. While Redis is away news
/// replaces news.</summary>
internal sealed class BookLoop(
    LaneMarkets markets,
    ICache cache,
    IMonitorChannel monitor,
    MarketDataMetrics metrics,
    IOptions<BookOptions> options,
    TimeProvider time,
    Supervisor supervisor
) : SupervisedService(supervisor)
{
    /// <summary>Type of the message on the monitor.</summary>
    public const string Message = "book";

    // What could not be written is written with the next round, unless there is something newer.
    private readonly Dictionary<string, string> _pending = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override string Name => $"{nameof(BookLoop)} ({markets.Lane.Name})";

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await PublishAsync(stoppingToken);
            ReportProgress();
        }
    }

    private async Task PublishAsync(CancellationToken ct)
    {
        foreach (var (symbol, json) in markets.Books.TakeChanges())
        {
            _pending[symbol] = json;
        }

        if (_pending.Count == 0)
        {
            return;
        }

        await cache.SetManyAsync(
            [.. _pending.Select(book => KeyValuePair.Create(markets.Lane.Key(CacheKeys.Book(book.Key)), book.Value))],
            CacheKeys.MarketTtl,
            ct
        );
        foreach (var json in _pending.Values)
        {
            await monitor.PublishAsync($$"""{"type":"{{Message}}","lane":"{{markets.Lane.Name}}","data":{{json}}}""", ct);
        }

        metrics.BooksPublished(_pending.Count);
        _pending.Clear();
    }
}
