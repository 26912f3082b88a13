using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AITrader.Venues.Kite.Rest;

/// <summary>The market-data part of Kite Connect v3. The base address of <paramref name="http"/> is the API's root. Safe from any
/// thread.</summary>
public sealed class KiteClient(HttpClient http)
{
    private const int MaxLastPrices = 1000;
    private const int MaxQuotes = 500;

    private readonly KiteTransport _transport = new(http);

    /// <summary>Signs a user in without a browser, where the login page of <paramref name="origin"/> allows that: the mock's
    /// does.</summary>
    /// <exception cref="KiteException">It does not send back a request token.</exception>
    public async Task<string> RequestTokenAsync(Uri origin, string apiKey, CancellationToken ct)
    {
        using var response = await http.GetAsync(KiteLogin.Address(origin, apiKey), HttpCompletionOption.ResponseHeadersRead, ct);

        // Depending on its handler the client has followed the redirect already.
        var address = response.Headers.Location ?? response.RequestMessage?.RequestUri;
        return address is not null && KiteLogin.RequestToken(new Uri(origin, address)) is { Length: > 0 } token
            ? token
            : throw new KiteException(response.StatusCode, "TokenException", "The login page sent no request token back.");
    }

    /// <summary>Turns a request token into a session. A request token works once.</summary>
    /// <exception cref="KiteException">Kite refuses.</exception>
    public async Task<KiteSession> CreateSessionAsync(string apiKey, string requestToken, string apiSecret, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "session/token");
        request.Content = new FormUrlEncodedContent([
            new("api_key", apiKey),
            new("request_token", requestToken),
            new("checksum", KiteLogin.Checksum(apiKey, requestToken, apiSecret)),
        ]);
        return await _transport.SendAsync(request, null, KiteJson.Default.KiteSession, ct);
    }

    /// <summary>The user's profile.</summary>
    /// <exception cref="KiteException">Kite refuses.</exception>
    public Task<KiteProfile> GetProfileAsync(KiteCredentials caller, CancellationToken ct) =>
        GetAsync("user/profile", caller, KiteJson.Default.KiteProfile, ct);

    /// <summary>All instruments, or those of one exchange. An odd row costs only itself; the list says how many there were.</summary>
    /// <exception cref="KiteException">Kite refuses, or nothing of the list can be read.</exception>
    public async Task<KiteInstrumentList> GetInstrumentsAsync(KiteCredentials caller, string? exchange, CancellationToken ct)
    {
        using var request = Get(exchange is null ? "instruments" : $"instruments/{Uri.EscapeDataString(exchange)}", caller);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!response.IsSuccessStatusCode)
        {
            throw await KiteTransport.RefusalAsync(response, ct);
        }

        using var csv = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        try
        {
            return await KiteInstrumentList.ReadAsync(csv, ct);
        }
        catch (FormatException malformed)
        {
            throw new KiteException(response.StatusCode, "DataException", malformed.Message, malformed);
        }
    }

    /// <summary>Last prices by name, such as NSE:INFY. Names that Kite does not know, and those of which it tells nonsense, are missing in
    /// the answer. At most 1000.</summary>
    /// <exception cref="KiteException">Kite refuses.</exception>
    public async Task<IReadOnlyDictionary<string, KiteLastPrice>> GetLastPricesAsync(
        KiteCredentials caller,
        IReadOnlyCollection<string> names,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Count, MaxLastPrices);
        return await GetEachAsync($"quote/ltp?{Names(names)}", caller, KiteJson.Default.KiteLastPrice, ct);
    }

    /// <summary>Full quotes by name. Names that Kite does not know, and those of which it tells nonsense, are missing in the answer. At
    /// most 500.</summary>
    /// <exception cref="KiteException">Kite refuses.</exception>
    public async Task<IReadOnlyDictionary<string, KiteQuote>> GetQuotesAsync(
        KiteCredentials caller,
        IReadOnlyCollection<string> names,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Count, MaxQuotes);
        return await GetEachAsync($"quote?{Names(names)}", caller, KiteJson.Default.KiteQuote, ct);
    }

    /// <summary>Historical candles by time. An odd row costs only itself; the list says how many there were.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="token">The instrument.</param>
    /// <param name="interval">Length of a candle, as Kite calls it: minute, 5minute, day.</param>
    /// <param name="from">First moment, in India's time.</param>
    /// <param name="to">Last moment, in India's time.</param>
    /// <param name="ct">Ends the request.</param>
    /// <exception cref="KiteException">Kite refuses: of the session, or since the range is too long for the interval.</exception>
    public async Task<KiteCandleList> GetCandlesAsync(
        KiteCredentials caller,
        uint token,
        string interval,
        DateTime from,
        DateTime to,
        CancellationToken ct
    )
    {
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"instruments/historical/{token}/{interval}?from={Uri.EscapeDataString(KiteCandleList.Text(from))}&to={Uri.EscapeDataString(KiteCandleList.Text(to))}"
        );
        return KiteCandleList.Of((await GetAsync(path, caller, KiteJson.Default.KiteCandlesAnswer, ct)).Candles);
    }

    private static string Names(IEnumerable<string> names) =>
        string.Join('&', names.Select(static name => $"i={Uri.EscapeDataString(name)}"));

    private static HttpRequestMessage Get(string path, KiteCredentials caller) =>
        KiteTransport.Signed(new HttpRequestMessage(HttpMethod.Get, path), caller);

    private async Task<T> GetAsync<T>(string path, KiteCredentials caller, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await _transport.SendAsync(request, caller, type, ct);
    }

    private async Task<IReadOnlyDictionary<string, T>> GetEachAsync<T>(
        string path,
        KiteCredentials caller,
        JsonTypeInfo<T> type,
        CancellationToken ct
    )
        where T : class
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, json) in await GetAsync(path, caller, KiteJson.Default.DictionaryStringJsonElement, ct))
        {
            if (TryRead(json, type) is { } item)
            {
                found[name] = item;
            }
        }

        return found;
    }

    // One odd item must not cost the others.
    private static T? TryRead<T>(JsonElement json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json.Deserialize(type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
