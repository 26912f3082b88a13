using AITrader.MarketData.Diagnostics;
using Microsoft.Extensions.Options;
using Polly;

namespace AITrader.MarketData.Feed.Binance;

/// <summary>What the stream cannot tell: whole books, and trades that were missed. An answer that does not come is no answer; the caller knows what to do without. Safe from any thread.</summary>
internal sealed class BinanceRest(IHttpClientFactory clients, BinanceVenue venue, IOptions<BinanceOptions> options, ILogger<BinanceRest> logger)
{
    public const string Client = "binance";

    private const string KeyHeader = "X-MBX-APIKEY";

    /// <summary>The whole book; null where it cannot be had now.</summary>
    public Task<byte[]?> SnapshotAsync(string symbol, CancellationToken ct) => GetAsync(venue.Snapshot(symbol), ct);

    /// <summary>A page of trades from an id on; null where they cannot be had now.</summary>
    public Task<byte[]?> TradesAsync(string symbol, long from, CancellationToken ct) => GetAsync(venue.Trades(symbol, from), ct);

    private async Task<byte[]?> GetAsync(string path, CancellationToken ct)
    {
        try
        {
            using var http = clients.CreateClient(Client);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Value.Rest!, path));
            if (options.Value.ApiKey.Length > 0)
            {
                request.Headers.Add(KeyHeader, options.Value.ApiKey);
            }

            using var answer = await http.SendAsync(request, ct);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsByteArrayAsync(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is HttpRequestException or OperationCanceledException or ExecutionRejectedException)
        {
            logger.FeedRestFailed(path, failure.Message);
            return null;
        }
    }
}
