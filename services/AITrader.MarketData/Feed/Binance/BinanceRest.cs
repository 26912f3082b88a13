using System.Net;
using AITrader.MarketData.Diagnostics;
using Microsoft.Extensions.Options;
using Polly;

namespace AITrader.MarketData.Feed.Binance;

/// <summary>What the stream cannot tell: whole books, and trades that were missed. An answer that does not come is no answer; the caller knows what to do without. Safe from any thread.</summary>
/// <remarks>429 and 418 tell how long nobody may ask: until then nothing is asked. Source: Binance's documentation, "Limits": who goes on after a 429 is banned, which is 418.</remarks>
internal sealed class BinanceRest(IHttpClientFactory clients, BinanceVenue venue, IOptions<BinanceOptions> options, TimeProvider time, ILogger<BinanceRest> logger)
{
    public const string Client = "binance";

    private const string KeyHeader = "X-MBX-APIKEY";
    private const int Banned = 418;

    // The venue counts by the minute.
    private static readonly TimeSpan WithoutWord = TimeSpan.FromMinutes(1);

    private long _closedUntil;

    /// <summary>The whole book; null where it cannot be had now.</summary>
    public Task<byte[]?> SnapshotAsync(string symbol, CancellationToken ct) => GetAsync(venue.Snapshot(symbol), ct);

    /// <summary>A page of trades from an id on; null where they cannot be had now.</summary>
    public Task<byte[]?> TradesAsync(string symbol, long from, CancellationToken ct) => GetAsync(venue.Trades(symbol, from), ct);

    /// <summary>The newest trade, in a list; null where it cannot be had now.</summary>
    public Task<byte[]?> NewestTradeAsync(string symbol, CancellationToken ct) => GetAsync(venue.NewestTrade(symbol), ct);

    private async Task<byte[]?> GetAsync(string path, CancellationToken ct)
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _closedUntil))
        {
            return null;
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
            CloseWhereTold(answer);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsByteArrayAsync(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is HttpRequestException or OperationCanceledException or ExecutionRejectedException)
        {
            logger.FeedRestFailed(path, failure.Message);
            return null;
        }
    }

    private void CloseWhereTold(HttpResponseMessage answer)
    {
        if (answer.StatusCode is HttpStatusCode.TooManyRequests or (HttpStatusCode)Banned)
        {
            var pause = answer.Headers.RetryAfter?.Delta ?? WithoutWord;
            Volatile.Write(ref _closedUntil, (time.GetUtcNow() + pause).UtcTicks);
            logger.FeedRestClosed((int)answer.StatusCode, pause.TotalSeconds);
        }
    }
}
