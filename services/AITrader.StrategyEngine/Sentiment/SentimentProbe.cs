using System.Text.Json;
using AITrader.StrategyEngine.Diagnostics;

namespace AITrader.StrategyEngine.Sentiment;

/// <summary>Why there is no mood: what the sentiment engine says about itself on /ready. Asked again every half minute, never on a
/// decision's time.</summary>
internal sealed class SentimentProbe(HttpClient http, TimeProvider time, ILogger<SentimentProbe> log)
{
    private const string NotAsked = "sentiment-engine has not answered yet";

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private string _reason = NotAsked;
    private long _askedAt;
    private Task _asking = Task.CompletedTask;

    /// <summary>The reason as last heard. The first caller waits for it.</summary>
    public async Task<string> ReasonAsync(CancellationToken ct)
    {
        var isFirst = _askedAt == 0;
        if (_asking.IsCompleted && (isFirst || time.GetElapsedTime(_askedAt) >= Freshness))
        {
            _askedAt = Math.Max(1, time.GetTimestamp());
            _asking = AskAsync(ct);
        }

        if (isFirst)
        {
            await _asking;
        }

        return _reason;
    }

    private async Task AskAsync(CancellationToken ct)
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
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await http.GetAsync("/ready", limit.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            using var report = await JsonDocument.ParseAsync(body, cancellationToken: limit.Token);
            return ReasonOf(report.RootElement) ?? "no sentiment reading for the symbol";
        }
        catch (Exception failure)
            when (failure is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            return "sentiment-engine is not reachable";
        }
    }

    /// <summary>What the checks that are not healthy say; null where all are.</summary>
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
