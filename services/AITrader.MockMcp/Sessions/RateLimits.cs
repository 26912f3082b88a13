using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Sessions;

/// <summary>Limits the requests of an API key per second. Safe from any thread.</summary>
internal sealed class RateLimits(IOptions<KiteOptions> options, TimeProvider clock)
{
    private const int QuotesPerSecond = 1;
    private const int OthersPerSecond = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Key, bool IsQuote), (long Second, int Count)> _windows = [];

    public bool TryTake(string apiKey, bool isQuote)
    {
        if (!options.Value.LimitRates)
        {
            return true;
        }

        var second = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            var window = _windows.GetValueOrDefault((apiKey, isQuote));
            var count = window.Second == second ? window.Count + 1 : 1;
            _windows[(apiKey, isQuote)] = (second, count);
            return count <= (isQuote ? QuotesPerSecond : OthersPerSecond);
        }
    }
}
