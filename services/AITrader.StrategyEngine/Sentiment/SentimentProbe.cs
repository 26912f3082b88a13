using System.Text.Json;
using AITrader.StrategyEngine.Diagnostics;
using Polly.CircuitBreaker;

namespace AITrader.StrategyEngine.Sentiment;

/// <summary>Why there is no sentiment, as the sentiment engine reports on /ready. Refreshed every half minute in the background, so that no
/// decision waits for it.</summary>
internal sealed class SentimentProbe(HttpClient http, TimeProvider time, ILogger<SentimentProbe> log)
{
    private const string NotYetKnown = "sentiment-engine has not answered yet";

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private string _reason = NotYetKnown;
    private long _refreshedAt;
    private Task _refreshing = Task.CompletedTask;

    /// <summary>The last known reason. The first caller waits for it.</summary>
    public async Task<string> ReasonAsync(CancellationToken ct)
    {
        var isFirst = _refreshedAt == 0;
        if (_refreshing.IsCompleted && (isFirst || time.GetElapsedTime(_refreshedAt) >= Freshness))
        {
            _refreshedAt = Math.Max(1, time.GetTimestamp());
            _refreshing = RefreshAsync(ct);
        }

        if (isFirst)
        {
            await _refreshing;
        }

        return _reason;
    }

    private async Task RefreshAsync(CancellationToken ct)
    {
        var reason = await ReadAsync(ct);
        if (reason != _reason)
        {
            log.NoSentiment(reason);
        }

        _reason = reason;
    }

    private async Task<string> ReadAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        try
        {
            using var answer = await http.GetAsync("/ready", limit.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            using var report = await JsonDocument.ParseAsync(body, cancellationToken: limit.Token);
            return ReasonOf(report.RootElement) ?? "no sentiment reading for the symbol";
        }
        catch (BrokenCircuitException)
        {
            return "sentiment-engine is not reachable, and is not asked for a while";
        }
        catch (Exception failure)
            when (failure is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            return "sentiment-engine is not reachable";
        }
    }

    /// <summary>Descriptions of the checks that are not healthy; null where all are.</summary>
    internal static string? ReasonOf(JsonElement report)
    {
        if (!report.TryGetProperty("checks", out var checks) || checks.ValueKind != JsonValueKind.Array)
        {
            return "sentiment-engine says nothing about itself";
        }

        var reasons = checks
            .EnumerateArray()
            .Where(static check => check.TryGetProperty("status", out var status) && status.GetString() != "healthy")
            .Select(static check =>
                check.TryGetProperty("description", out var text) ? text.GetString() : check.GetProperty("name").GetString()
            )
            .OfType<string>()
            .Order(StringComparer.Ordinal)
            .ToList();
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }
}
