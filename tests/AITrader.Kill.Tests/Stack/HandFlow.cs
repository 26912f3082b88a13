using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace AITrader.Kill.Tests.Stack;

/// <summary>What a person asks for at the gateway, over and over: orders at the market, orders that rest, changes and cancels. A request
/// that got no answer is repeated under its key.</summary>
internal sealed class HandFlow : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly KillStack _stack;
    private readonly Random _random;
    private readonly HttpClient _client;
    private readonly List<Guid> _resting = [];
    private readonly ConcurrentQueue<Guid> _asked = [];

    public HandFlow(KillStack stack, int seed)
    {
        _stack = stack;
        _random = new Random(seed);
        _client = new HttpClient { BaseAddress = stack.AddressOf(KillStack.Gateway), Timeout = AnswerLimit };
    }

    /// <summary>Orders that the gateway has said yes to.</summary>
    public IReadOnlyCollection<Guid> Asked => _asked;

    /// <summary>Asks until it is ended.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await ActAsync(ct);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>One order at the market.</summary>
    public async Task<Guid> OrderAsync(string side, decimal quantity, CancellationToken ct)
    {
        var order = new
        {
            symbol = KillStack.Symbol,
            side,
            qty = quantity,
        };
        return await PlaceAsync(order, ct) ?? throw new InvalidOperationException("The gateway did not take the order.");
    }

    /// <summary>Asks for the cancel of an order, until the gateway says yes, or that it is done already.</summary>
    public Task CancelAsync(Guid order, CancellationToken ct) =>
        RepeatAsync(() => new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/orders/{order}"), ct);

    public void Dispose() => _client.Dispose();

    private async Task ActAsync(CancellationToken ct)
    {
        switch (_random.Next(10))
        {
            case < 6:
                await PlaceAsync(Market(), ct);
                break;
            case 6 or 7 when _resting.Count < 4:
                if (await PlaceAsync(Resting(), ct) is { } placed)
                {
                    _resting.Add(placed);
                }

                break;
            case 6 or 7 or 8 when _resting.Count > 0:
                var body = new { price = Math.Round(_stack.Bid * 0.98m, 0) - _random.Next(20) };
                var (changed, key) = (_resting[_random.Next(_resting.Count)], Guid.CreateVersion7());
                await RepeatAsync(() => Keyed(HttpMethod.Patch, $"/api/v1/orders/{changed}", key, body), ct);
                break;
            case 9 when _resting.Count > 0:
                await CancelAsync(_resting[0], ct);
                _resting.RemoveAt(0);
                break;
        }
    }

    private object Market() =>
        new
        {
            symbol = KillStack.Symbol,
            side = _random.Next(2) == 0 ? "BUY" : "SELL",
            qty = _random.Next(1, 16),
        };

    private object Resting() =>
        new
        {
            symbol = KillStack.Symbol,
            side = "BUY",
            qty = _random.Next(1, 5),
            type = "LIMIT",
            price = Math.Round(_stack.Bid * 0.98m, 0),
        };

    private async Task<Guid?> PlaceAsync(object body, CancellationToken ct)
    {
        var key = Guid.CreateVersion7();
        if (!await RepeatAsync(() => Keyed(HttpMethod.Post, "/api/v1/orders", key, body), ct))
        {
            return null;
        }

        _asked.Enqueue(key);
        return key;
    }

    // True when it was taken; false when it makes no sense any more, or the flow was ended before there was an answer.
    private async Task<bool> RepeatAsync(Func<HttpRequestMessage> request, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                using var message = request();
                using var answer = await _client.SendAsync(message, CancellationToken.None);
                if (answer.StatusCode is HttpStatusCode.Accepted)
                {
                    return true;
                }

                if (answer.StatusCode is HttpStatusCode.Unauthorized)
                {
                    await SignInAsync();
                    continue;
                }

                if ((int)answer.StatusCode is >= 400 and < 500 and not 429)
                {
                    return answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict
                        ? false
                        : throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
                }
            }
            catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
            {
                // It is asked again.
            }

            if (ct.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task SignInAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/links");
        request.Headers.Authorization = new AuthenticationHeaderValue("AdminKey", StackSettings.AdminKey);
        using var link = await _client.SendAsync(request);
        link.EnsureSuccessStatusCode();
        var code = (await link.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
        using var answer = await _client.PostAsJsonAsync("/api/auth/sign-in", new { code });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private static HttpRequestMessage Keyed(HttpMethod method, string path, Guid key, object body)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key.ToString());
        return request;
    }
}
