using System.Globalization;
using System.Net;
using System.Text.Json;
using AITrader.ServiceDefaults.ServiceAuth;

namespace AITrader.Backend.Models;

/// <summary>Asks the inference runners how they serve a model, by the statistics and labels of the Open Inference Protocol.</summary>
internal sealed class RunnerClient(IHttpClientFactory clients, IConfiguration configuration)
{
    private const string ClientName = "runners";

    private static readonly string[] Runners = ["onnx-runner", "tensorrt-runner"];
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<RunnerClient>();

        // Asked once: another try would only hide that it is slow.
#pragma warning disable EXTEXP0001 // Experimental in name; the only way to leave the default handlers out.
        services.AddHttpClient(ClientName).RemoveAllResilienceHandlers().AddServiceToken(Runners);
#pragma warning restore EXTEXP0001
    }

    /// <summary>All runners that this deployment has, asked at once; one that does not answer in time is said to be away.</summary>
    public async Task<IReadOnlyList<RunnerResponse>> ServingAsync(string model, CancellationToken ct) =>
        await Task.WhenAll(
            Runners.Where(name => configuration.GetSection($"services:{name}").Exists()).Select(name => ServingAsync(name, model, ct))
        );

    private async Task<RunnerResponse> ServingAsync(string runner, string model, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        try
        {
            using var client = clients.CreateClient(ClientName);
            var root = new Uri($"http://{runner}/v2/");
            var name = Uri.EscapeDataString(model);
            var statistics = await GetAsync<Statistics>(client, new Uri(root, $"models/{name}/stats"), limit.Token);
            var labels = await GetAsync<Labelling>(client, new Uri(root, $"repository/models/{name}/labels"), limit.Token);
            return new RunnerResponse(
                runner,
                IsReachable: true,
                [.. (statistics?.ModelStats ?? []).Select(VersionOf).OrderBy(static one => one.Version)],
                labels?.Labels ?? [],
                labels?.Traffic ?? []
            );
        }
        catch (Exception failure)
            when (failure is HttpRequestException or JsonException or FormatException
                || (failure is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            return new RunnerResponse(runner, IsReachable: false, [], new Dictionary<string, int>(), new Dictionary<string, double>());
        }
    }

    // A runner that does not have the model says so with 404, or 400 where it was there and is unloaded.
    private static async Task<T?> GetAsync<T>(HttpClient client, Uri address, CancellationToken ct)
        where T : class
    {
        using var answer = await client.GetAsync(address, ct);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<T>(Json, ct);
    }

    private static ServedVersionResponse VersionOf(VersionStatistics one)
    {
        var answered = one.InferenceStats.Success;
        return new ServedVersionResponse(
            int.Parse(one.Version, NumberStyles.None, CultureInfo.InvariantCulture),
            one.InferenceCount,
            one.InferenceStats.Fail.Count,
            answered.Count == 0 ? null : TimeSpan.FromMicroseconds(answered.Ns / 1e3).TotalMilliseconds / answered.Count,
            one.Outcomes ?? new OutcomesResponse(0, null, null, 0, null)
        );
    }

    private sealed record Statistics(IReadOnlyList<VersionStatistics> ModelStats);

    private sealed record VersionStatistics(string Version, long InferenceCount, Phases InferenceStats, OutcomesResponse? Outcomes);

    private sealed record Phases(Phase Success, Phase Fail);

    private sealed record Phase(long Count, long Ns);

    private sealed record Labelling(Dictionary<string, int> Labels, Dictionary<string, double> Traffic);
}
