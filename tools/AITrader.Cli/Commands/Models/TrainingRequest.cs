using System.Globalization;
using System.Text.Json;
using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;

namespace AITrader.Cli.Commands.Models;

/// <summary>Lets the running system train, and waits for it.</summary>
internal sealed class TrainingRequest(GatewayConnector gateway, ProgressDisplay bar, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Asks for a training of stored ticks and follows the job.</summary>
    /// <returns>What came of it, for people.</returns>
    /// <exception cref="Refusal">It was refused, or the job failed.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(TrainMarketSettings settings, CancellationToken ct)
    {
        using var client = await gateway.ConnectAsync(ct);
        var job = await client.PostAsync($"/api/v1/models/{settings.Model}/versions", BodyOf(settings), ct);
        var id = job.GetProperty("id").GetGuid();
        var done = await bar.RunAsync($"training {settings.Model} (job {id})", 1, work => FollowAsync(client, id, work, ct));
        if (done.GetProperty("status").GetString() is { } end and not "completed")
        {
            throw new Refusal(end == "cancelled" ? $"job {id} was cancelled" : $"job {id} failed: {done.GetProperty("error").GetString()}");
        }

        var result = done.GetProperty("result");
        var version = result.GetProperty("version").GetInt32();
        return
        [
            $"{settings.Model} {version}: {(result.GetProperty("goes_live").GetBoolean() ? "goes live" : "does not go live")}, {result.GetProperty("reason").GetString()}",
            .. result
                .GetProperty("metrics")
                .EnumerateObject()
                .Select(static metric => $"  {metric.Name.Replace('_', ' '), -36} {metric.Value, 12}"),
            $"./aitrader models show {settings.Model} {version}; let it answer: ./aitrader models promote {settings.Model} {version}",
        ];
    }

    // ticks:SYMBOL,...@FROM/TO[@RUN], as the settings have checked it.
    private static Dictionary<string, object> BodyOf(TrainMarketSettings settings)
    {
        var parts = settings.Data[0][ReplayArguments.StoredTicks.Length..].Split('@');
        var span = parts[1].Split('/');
        var body = new Dictionary<string, object>
        {
            ["symbols"] = parts[0].Split(','),
            ["from"] = TimeOf(span[0]),
            ["to"] = TimeOf(span[1]),
            ["recipe"] = settings.Recipe,
            ["task"] = settings.Task,
        };
        if (parts.Length > 2)
        {
            body["run"] = parts[2];
        }

        if (settings.Step is { } every)
        {
            body["every_seconds"] = TimeSpan.Parse(every, CultureInfo.InvariantCulture).TotalSeconds;
        }

        return body;
    }

    private async Task<JsonElement> FollowAsync(GatewayClient client, Guid id, IProgressReport work, CancellationToken ct)
    {
        while (true)
        {
            var job = await client.GetAsync($"/api/v1/jobs/{id}", ct);
            if (job.GetProperty("status").GetString() is "completed" or "failed" or "cancelled")
            {
                return job;
            }

            Show(job, work);
            await Task.Delay(Pause, time, ct);
        }
    }

    private static void Show(JsonElement job, IProgressReport work)
    {
        if (job.TryGetProperty("result", out var at) && at.ValueKind == JsonValueKind.Object && at.TryGetProperty("step", out var step))
        {
            work.SetTotal(at.GetProperty("steps").GetDouble());
            work.Report(
                step.GetDouble(),
                string.Create(CultureInfo.InvariantCulture, $"step {step}, loss {at.GetProperty("loss").GetDouble():0.000}")
            );
        }
        else
        {
            work.Report(0, job.GetProperty("status").GetString()!);
        }
    }

    private static DateTimeOffset TimeOf(string text) => UtcTimes.TryParse(text, out var time) ? time : default;
}
