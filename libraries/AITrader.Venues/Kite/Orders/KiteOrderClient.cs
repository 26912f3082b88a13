using System.Text.Json.Serialization.Metadata;
using AITrader.Venues.Kite.Rest;

namespace AITrader.Venues.Kite.Orders;

/// <summary>The part of Kite Connect v3 that trades. It sends what it is told to, once. The base address of <paramref name="http"/> is the
/// API's root. Safe from any thread.</summary>
public sealed class KiteOrderClient(HttpClient http)
{
    private readonly KiteTransport _transport = new(http);

    /// <summary>Places an order.</summary>
    /// <exception cref="KiteException">Kite refuses, or its answer cannot be understood.</exception>
    public Task<KiteOrderId> PlaceAsync(
        KiteCredentials caller,
        string variety,
        IEnumerable<KeyValuePair<string, string>> fields,
        CancellationToken ct
    ) => FormAsync(HttpMethod.Post, $"orders/{variety}", caller, fields, ct);

    /// <summary>Changes an order.</summary>
    /// <exception cref="KiteException">Kite refuses, or its answer cannot be understood.</exception>
    public Task<KiteOrderId> ModifyAsync(
        KiteCredentials caller,
        string variety,
        string orderId,
        IEnumerable<KeyValuePair<string, string>> fields,
        CancellationToken ct
    ) => FormAsync(HttpMethod.Put, $"orders/{variety}/{Uri.EscapeDataString(orderId)}", caller, fields, ct);

    /// <summary>Cancels an order.</summary>
    /// <exception cref="KiteException">Kite refuses, or its answer cannot be understood.</exception>
    public Task<KiteOrderId> CancelAsync(KiteCredentials caller, string variety, string orderId, CancellationToken ct) =>
        FormAsync(HttpMethod.Delete, $"orders/{variety}/{Uri.EscapeDataString(orderId)}", caller, null, ct);

    /// <summary>The day's orders.</summary>
    /// <exception cref="KiteException">Kite refuses, or its answer cannot be understood.</exception>
    public Task<IReadOnlyList<KiteOrder>> GetOrdersAsync(KiteCredentials caller, CancellationToken ct) =>
        GetAsync("orders", caller, KiteOrderJson.Default.IReadOnlyListKiteOrder, ct);

    /// <summary>All states of an order, oldest first.</summary>
    /// <exception cref="KiteException">Kite refuses, or its answer cannot be understood.</exception>
    public Task<IReadOnlyList<KiteOrder>> GetHistoryAsync(KiteCredentials caller, string orderId, CancellationToken ct) =>
        GetAsync($"orders/{Uri.EscapeDataString(orderId)}", caller, KiteOrderJson.Default.IReadOnlyListKiteOrder, ct);

    /// <summary>The day's trades.</summary>
    /// <exception cref="KiteException">Kite refuses, or its answer cannot be understood.</exception>
    public Task<IReadOnlyList<KiteTrade>> GetTradesAsync(KiteCredentials caller, CancellationToken ct) =>
        GetAsync("trades", caller, KiteOrderJson.Default.IReadOnlyListKiteTrade, ct);

    /// <summary>Positions.</summary>
    /// <exception cref="KiteException">Kite refuses, or its answer cannot be understood.</exception>
    public Task<KitePositions> GetPositionsAsync(KiteCredentials caller, CancellationToken ct) =>
        GetAsync("portfolio/positions", caller, KiteOrderJson.Default.KitePositions, ct);

    /// <summary>Funds for shares.</summary>
    /// <exception cref="KiteException">Kite refuses, or its answer cannot be understood.</exception>
    public Task<KiteFunds> GetFundsAsync(KiteCredentials caller, CancellationToken ct) =>
        GetAsync("user/margins/equity", caller, KiteOrderJson.Default.KiteFunds, ct);

    private async Task<T> GetAsync<T>(string path, KiteCredentials caller, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await _transport.SendAsync(request, caller, type, ct);
    }

    private async Task<KiteOrderId> FormAsync(
        HttpMethod method,
        string path,
        KiteCredentials caller,
        IEnumerable<KeyValuePair<string, string>>? fields,
        CancellationToken ct
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = fields is null ? null : new FormUrlEncodedContent(fields);
        return await _transport.SendAsync(request, caller, KiteOrderJson.Default.KiteOrderId, ct);
    }
}
