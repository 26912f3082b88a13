using System.Net;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;

namespace AITrader.Venues.Binance;

/// <summary>What the stream does not carry: snapshots of order books, and trades that were missed. An answer that does not come is no
/// answer; the caller knows what to do without. Safe from any thread.</summary>
/// <remarks>
/// Requests are paced by their weight, so that the venue's limit is kept. 429 and 418 tell how long nobody may ask: until then nothing is
/// asked. Source: Binance's documentation, "Limits": who
/// goes on after a 429 is banned, which is 418.
/// </remarks>
internal sealed class BinanceRest(
    IHttpClientFactory clients,
    BinanceMarket market,
    IOptions<BinanceOptions> options,
    IFeedHost host,
    TimeProvider time,
    ILogger<BinanceRest> logger
)
{
    public const string Client = "binance";

    private const string KeyHeader = "X-MBX-APIKEY";
    private const int Banned = 418;

    // Of a minute's weight a quarter may be spent at once and the rest evenly: whatever minute the venue counts, it is never more.
    private const double AtOnce = 0.25;

    // The venue counts by the minute.
    private static readonly TimeSpan CountedSpan = TimeSpan.FromMinutes(1);

    private readonly PacedBudget _weight = new(
        Spent(market, options) * AtOnce,
        Spent(market, options) * (1 - AtOnce) / CountedSpan.TotalSeconds,
        time
    );

    private readonly Lock _gate = new();
    private long _closedAt;
    private TimeSpan _closedFor;

    /// <summary>Weight that is spent in a minute at most.</summary>
    public double WeightPerMinute => Spent(market, options);

    /// <summary>The whole book; null where it cannot be had now.</summary>
    public Task<byte[]?> SnapshotAsync(string symbol, CancellationToken ct) => GetAsync(market.Snapshot(symbol), market.SnapshotWeight, ct);

    /// <summary>A page of trades from an id on; null where they cannot be had now.</summary>
    public Task<byte[]?> TradesAsync(string symbol, long from, CancellationToken ct) =>
        GetAsync(market.Trades(symbol, from), market.TradesWeight, ct);

    /// <summary>The newest trade, in a list; null where it cannot be had now.</summary>
    public Task<byte[]?> NewestTradeAsync(string symbol, CancellationToken ct) =>
        GetAsync(market.NewestTrade(symbol), market.NewestTradeWeight, ct);

    private static double Spent(BinanceMarket market, IOptions<BinanceOptions> options) =>
        market.WeightPerMinute * options.Value.WeightShare / 100.0;

    private async Task<byte[]?> GetAsync(string path, int weight, CancellationToken ct)
    {
        if (IsClosed())
        {
            return null;
        }

        var waited = await _weight.SpendAsync(weight, ct);
        host.Health.CountPaced(waited);
        if (IsClosed())
        {
            return null; // by an answer that came meanwhile
        }

        try
        {
            using var http = clients.CreateClient(Client);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Value.Rest!, path));
            if (options.Value.ApiKey.Length > 0)
            {
                request.Headers.Add(KeyHeader, options.Value.ApiKey);
            }

            using var answer = await http.SendAsync(request, ct);
            CloseIfLimited(answer);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsByteArrayAsync(ct);
        }
        catch (Exception failure)
            when (!ct.IsCancellationRequested && failure is HttpRequestException or OperationCanceledException or ExecutionRejectedException
            )
        {
            logger.FeedRestFailed(path, failure.Message);
            return null;
        }
    }

    // By the time that passes: a clock that is set back must not keep it closed.
    private bool IsClosed()
    {
        lock (_gate)
        {
            return _closedFor > TimeSpan.Zero && time.GetElapsedTime(_closedAt) < _closedFor;
        }
    }

    private void CloseIfLimited(HttpResponseMessage answer)
    {
        if (answer.StatusCode is HttpStatusCode.TooManyRequests or (HttpStatusCode)Banned)
        {
            var retry = answer.Headers.RetryAfter;
            var pause = retry?.Delta ?? (retry?.Date - time.GetUtcNow()) ?? CountedSpan;
            lock (_gate)
            {
                (_closedAt, _closedFor) = (time.GetTimestamp(), pause);
            }

            logger.FeedRestClosed((int)answer.StatusCode, pause.TotalSeconds);
        }
    }
}
