using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Sessions;

/// <summary>The kinds of requests that Kite counts apart.</summary>
internal enum RequestKind
{
    /// <summary>Quotes: 1 a second.</summary>
    Quote,

    /// <summary>Historical candles: 3 a second.</summary>
    History,

    /// <summary>New orders: 10 a second, 400 a minute, 5000 a day.</summary>
    Order,

    /// <summary>Everything else: 10 a second.</summary>
    Other,
}

/// <summary>Limits the requests of an API key. Safe from any thread.</summary>
internal sealed class RateLimits(IOptions<KiteOptions> options, TimeProvider clock)
{
    private const int Second = 1;
    private const int Minute = 60;
    private const int Day = 24 * 60 * Minute;

    private static readonly Dictionary<RequestKind, (int Seconds, int Count)[]> Limits = new()
    {
        [RequestKind.Quote] = [(Second, 1)],
        [RequestKind.History] = [(Second, 3)],
        [RequestKind.Order] = [(Second, 10), (Minute, 400), (Day, 5000)],
        [RequestKind.Other] = [(Second, 10)],
    };

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Key, RequestKind Kind, int Seconds), (long Window, int Count)> _windows = [];

    public bool TryTake(string apiKey, RequestKind kind)
    {
        if (!options.Value.LimitRates)
        {
            return true;
        }

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            var isFree = true;
            foreach (var (seconds, most) in Limits[kind])
            {
                var key = (apiKey, kind, seconds);
                var window = _windows.GetValueOrDefault(key);
                var count = window.Window == now / seconds ? window.Count + 1 : 1;
                _windows[key] = (now / seconds, count);
                isFree &= count <= most;
            }

            return isFree;
        }
    }
}
