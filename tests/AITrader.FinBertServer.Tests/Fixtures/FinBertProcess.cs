using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AITrader.ServiceDefaults;
using AITrader.ServiceDefaults.ServiceAuth;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.FinBertServer.Tests.Fixtures;

/// <summary>The service as a process of its own, with a model repository of its own and a caller that has a token.</summary>
public sealed class FinBertProcess : IAsyncDisposable
{
    private const string Key = "a-service-key-of-thirty-two-characters-or-more";

    private readonly ServiceProcess _service;
    private readonly WebApplication _caller;

    private FinBertProcess(ServiceProcess service, WebApplication caller, string models)
    {
        (_service, _caller, Models) = (service, caller, models);
        Caller = caller.Services.GetRequiredService<IHttpClientFactory>().CreateClient("finbert");
        Caller.BaseAddress = service.Client.BaseAddress;
    }

    public string Models { get; }

    /// <summary>A client with a token.</summary>
    public HttpClient Caller { get; }

    /// <summary>A client without one.</summary>
    public HttpClient Stranger => _service.Client;

    public static async Task<FinBertProcess> StartAsync(Action<string> install, params (string Path, string Value)[] settings)
    {
        var models = Directory.CreateTempSubdirectory("finbert-").FullName;
        install(models);
        var service = await ServiceProcess.StartAsync(
            "AITrader.FinBertServer",
            [("ServiceAuth:Key", Key), ("FinBert:ModelsFolder", models), ("FinBert:PollInterval", "00:00:00.1"), .. settings]
        );
        var process = new FinBertProcess(service, Calling(), models);
        await process.WaitAsync(static check =>
            !check.GetProperty("description").GetString()!.Contains("being loaded", StringComparison.Ordinal)
        );
        return process;
    }

    public async Task<JsonElement> CheckAsync()
    {
        var report = await Stranger.GetFromJsonAsync<JsonElement>("/ready", TestContext.Current.CancellationToken);
        return report.GetProperty("checks").EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "model");
    }

    /// <summary>Waits until the check of the model on /ready is as wanted.</summary>
    public async Task<JsonElement> WaitAsync(Func<JsonElement, bool> fits)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var check = await CheckAsync();
            if (fits(check))
            {
                return check;
            }

            Assert.False(limit.IsCancellationRequested, $"not within a minute: {check}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public Task<JsonElement> WaitForDescriptionAsync(string part) =>
        WaitAsync(check => check.GetProperty("description").GetString()!.Contains(part, StringComparison.Ordinal));

    public async Task<(HttpResponseMessage Response, JsonElement Body)> PostAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var response = await Caller.PostAsync(new Uri("/predict", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    public async Task<JsonElement> PredictAsync(params string[] texts)
    {
        var (response, body) = await PostAsync(JsonSerializer.Serialize(new { texts }));
        using (response)
        {
            Assert.True(response.StatusCode == HttpStatusCode.OK, body.ToString());
        }

        return body;
    }

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await _caller.DisposeAsync();
        await _service.DisposeAsync();
        Directory.Delete(Models, recursive: true);
    }

    // Another service of this project, as far as tokens go.
    private static WebApplication Calling()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ServiceAuth:Key"] = Key });
        builder.AddServiceDefaults();
        builder.Services.AddHttpClient("finbert").AddServiceToken("finbert-server");
        return builder.Build();
    }
}
