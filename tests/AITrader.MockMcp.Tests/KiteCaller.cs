using System.Globalization;
using System.Net;
using System.Text.Json;
using AITrader.Venues.Kite;

namespace AITrader.MockMcp.Tests;

/// <summary>Requests as any client of Kite sends them, without one.</summary>
internal sealed class KiteCaller(HttpClient http, KiteCredentials credentials)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public KiteCredentials Credentials => credentials;

    public static async Task<KiteCaller> SignInAsync(MockExchange mock) => new(mock.Http, await mock.SignInAsync(Ct));

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        HttpMethod method,
        string path,
        params (string Name, object Value)[] form
    )
    {
        using var request = Request(method, path, form);
        using var answer = await http.SendAsync(request, Ct);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement.Clone());
    }

    public HttpRequestMessage Request(HttpMethod method, string path, params (string Name, object Value)[] form)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Kite-Version", "3");
        request.Headers.Add("Authorization", credentials.Authorization);
        if (form.Length > 0)
        {
            request.Content = new FormUrlEncodedContent(
                form.Select(static field => new KeyValuePair<string, string>(
                    field.Name,
                    Convert.ToString(field.Value, CultureInfo.InvariantCulture)!
                ))
            );
        }

        return request;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {body}");
        Assert.Equal("success", body.GetProperty("status").GetString());
        return body.GetProperty("data");
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> OrderAsync(string variety, params (string Name, object Value)[] changes) =>
        SendAsync(HttpMethod.Post, $"orders/{variety}", Fields(changes));

    /// <summary>Places an order that is taken, and returns its id: 10 INFY to buy at the market, but for what is given.</summary>
    public async Task<string> PlaceAsync(string variety, params (string Name, object Value)[] changes)
    {
        var (status, body) = await OrderAsync(variety, changes);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return body.GetProperty("data").GetProperty("order_id").GetString()!;
    }

    public async Task<JsonElement> LastAsync(string orderId) => (await GetAsync($"orders/{orderId}")).EnumerateArray().Last();

    public async Task<string[]> StatusesAsync(string orderId) =>
        [.. (await GetAsync($"orders/{orderId}")).EnumerateArray().Select(static state => state.GetProperty("status").GetString()!)];

    public async Task<(decimal Bid, decimal Offer, decimal Last)> PricesAsync(string symbol = "INFY")
    {
        var quote = (await GetAsync($"quote?i=NSE:{symbol}")).GetProperty($"NSE:{symbol}");
        return (Best(quote, "buy"), Best(quote, "sell"), quote.GetProperty("last_price").GetDecimal());
    }

    public static (string Name, object Value)[] Fields(params (string Name, object Value)[] changes)
    {
        var fields = new Dictionary<string, object>
        {
            ["exchange"] = "NSE",
            ["tradingsymbol"] = "INFY",
            ["transaction_type"] = "BUY",
            ["quantity"] = 10,
            ["product"] = "MIS",
            ["order_type"] = "MARKET",
        };
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        return [.. fields.Select(static field => (field.Key, field.Value))];
    }

    private static decimal Best(JsonElement quote, string side)
    {
        var levels = quote.GetProperty("depth").GetProperty(side);
        return levels.GetArrayLength() == 0 ? 0 : levels[0].GetProperty("price").GetDecimal();
    }
}
