using System.Text.Json;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Classifier;

/// <summary>Queries /ready of finbert-server for whether it can classify.</summary>
internal sealed class ClassifierProbe(HttpClient client, IOptions<SentimentOptions> options, TimeProvider time)
{
    private const string Check = "model";

    public async Task<ClassifierStatus> CheckAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Value.PollTimeout);
        try
        {
            using var response = await client.GetAsync("/ready", timeout.Token);
            using var report = JsonDocument.Parse(await response.Content.ReadAsStringAsync(timeout.Token));
            return Read(report.RootElement);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Status(false, $"finbert-server did not answer within {options.Value.PollTimeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException failure)
        {
            return Status(false, $"finbert-server cannot be reached: {failure.Message}");
        }
        catch (JsonException)
        {
            return Status(false, "finbert-server answered something other than a readiness report");
        }
    }

    private ClassifierStatus Read(JsonElement report)
    {
        if (
            report.ValueKind != JsonValueKind.Object
            || !report.TryGetProperty("checks", out var checks)
            || checks.ValueKind != JsonValueKind.Array
        )
        {
            return Status(false, "finbert-server answered something other than a readiness report");
        }

        foreach (var check in checks.EnumerateArray())
        {
            if (TextOf(check, "name") == Check)
            {
                var description = TextOf(check, "description") ?? "it gives no reason";
                return Status(CanClassify(check), $"finbert-server says: {description}");
            }
        }

        return Status(false, "finbert-server does not say whether it has a model");
    }

    private static bool CanClassify(JsonElement check) =>
        check.TryGetProperty("data", out var data)
        && data.TryGetProperty("can_classify", out var can)
        && can.ValueKind == JsonValueKind.True;

    private static string? TextOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private ClassifierStatus Status(bool canClassify, string reason) => new(canClassify, reason, time.GetUtcNow());
}
