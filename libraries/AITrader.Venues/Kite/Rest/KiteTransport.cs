using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AITrader.Venues.Kite.Rest;

/// <summary>Sends requests to Kite and reads its envelope. Safe from any thread.</summary>
internal sealed class KiteTransport(HttpClient http)
{
    /// <summary>The data of an answer.</summary>
    /// <exception cref="KiteException">Kite refuses, or its answer cannot be understood.</exception>
    public async Task<T> SendAsync<T>(HttpRequestMessage request, KiteCredentials? caller, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        using var response = await http.SendAsync(Signed(request, caller), ct);
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalAsync(response, ct);
        }

        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            var answer = await JsonSerializer.DeserializeAsync(body, KiteJson.Default.KiteAnswer, ct);
            return answer is { Status: "success", Data.ValueKind: not JsonValueKind.Undefined } && answer.Data.Deserialize(type) is { } data
                ? data
                : throw new KiteException(
                    response.StatusCode,
                    answer?.ErrorType ?? string.Empty,
                    answer?.Message ?? "Kite's answer holds no data."
                );
        }
        catch (JsonException malformed)
        {
            throw new KiteException(response.StatusCode, "DataException", $"Kite's answer is malformed: {malformed.Message}", malformed);
        }
    }

    /// <summary>The request with what Kite wants in its headers.</summary>
    public static HttpRequestMessage Signed(HttpRequestMessage request, KiteCredentials? caller)
    {
        request.Headers.Add("X-Kite-Version", "3");
        if (caller is not null)
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(caller.Authorization);
        }

        return request;
    }

    /// <summary>What Kite said with an answer that is no success.</summary>
    public static async Task<KiteException> RefusalAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var body = await response.Content.ReadAsStringAsync(ct);
        try
        {
            var answer = JsonSerializer.Deserialize(body, KiteJson.Default.KiteAnswer);
            return new KiteException(
                response.StatusCode,
                answer?.ErrorType ?? string.Empty,
                answer?.Message ?? response.ReasonPhrase ?? string.Empty
            );
        }
        catch (JsonException)
        {
            // A proxy in between answers in HTML.
            return new KiteException(response.StatusCode, string.Empty, $"Kite answers {(int)response.StatusCode} {response.ReasonPhrase}");
        }
    }
}
