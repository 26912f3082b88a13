using System.Net;
using System.Text;
using System.Text.Json;
using AITrader.ServiceDefaults;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.OnnxRunner.Tests;

public sealed class RunnerProcessTests
{
    private const string Key = "a-service-key-of-thirty-two-characters-or-more";
    private const string Request = """{"inputs":[{"name":"prices","shape":[1,3],"datatype":"FP32","data":[1,2,60123.45]}]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Committed_baseline_is_served_to_services_with_a_token_and_to_nobody_else()
    {
        await using var runner = RunnerProcess.StartOnnx(("ServiceAuth__Key", Key));
        var ready = await runner.WaitUntilReadyAsync();
        Assert.Equal("CPU", Models(ready).GetProperty("data").GetProperty("persistence/1").GetString());

        using var stranger = await PostAsync(runner.Http);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var probe = await runner.Http.GetAsync(new Uri("/v2/health/ready", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);

        await using var service = Service("onnx-runner");
        using var known = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("runner");
        known.BaseAddress = runner.Http.BaseAddress;
        using var answer = await PostAsync(known);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(60123.45f, body.RootElement.GetProperty("outputs")[0].GetProperty("data")[0].GetSingle());
    }

    [Fact]
    public async Task Missing_models_folder_is_one_clear_message()
    {
        await using var runner = RunnerProcess.StartOnnx(("ONNX_MODEL_PATH", "/no/such/folder"));

        var report = await runner.WaitForReadyAsync(
            static (_, body) => Models(body).GetProperty("description").GetString()!.Contains("/no/such", StringComparison.Ordinal)
        );

        Assert.Equal("unhealthy", report.GetProperty("status").GetString());
        Assert.Equal(
            "models folder '/no/such/folder' does not exist; set Inference:ModelPath or ONNX_MODEL_PATH to a model repository or an .onnx file",
            Models(report).GetProperty("description").GetString()
        );
        Assert.DoesNotContain("   at ", runner.Output);
    }

    [Theory]
    [InlineData("ONNX_RUNNER_PORT", "eighty", "ONNX_RUNNER_PORT is 'eighty', not a port (1..65535)")]
    [InlineData("Inference__QueueLimit", "0", "Inference:QueueLimit")]
    public async Task Bad_setting_is_one_line_and_an_exit_code(string setting, string value, string message)
    {
        await using var runner = RunnerProcess.StartOnnx((setting, value));

        Assert.Equal(1, await runner.WaitForExitAsync());
        Assert.Contains(message, runner.Output);
        Assert.DoesNotContain("   at ", runner.Output);
    }

    [Fact]
    public async Task Metrics_name_model_provider_and_outcome()
    {
        await using var runner = RunnerProcess.StartOnnx(("Inference__RequireToken", "false"));
        await runner.WaitUntilReadyAsync();
        using var answer = await PostAsync(runner.Http);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var metrics = await runner.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);

        Assert.Matches("""aitrader_inference_requests_total\{[^}]*model="persistence"[^}]*outcome="success"[^}]*\} 1""", metrics);
        Assert.Matches("""aitrader_inference_loaded\{[^}]*provider="CPU"[^}]*\} 1""", metrics);
    }

    [Fact]
    public async Task Tensorrt_runner_steps_down_to_the_cpu_and_says_why_everywhere()
    {
        Assert.SkipWhen(File.Exists("/dev/nvidiactl"), "this machine has an NVIDIA GPU");
        await using var runner = RunnerProcess.Start("AITrader.TensorRtRunner", "TENSORRT_RUNNER", ("Inference__RequireToken", "false"));

        var data = Models(await runner.WaitUntilReadyAsync()).GetProperty("data");

        Assert.Equal("CPU", data.GetProperty("persistence/1").GetString());
        Assert.NotEmpty(data.GetProperty("persistence/1 TensorRT").GetString()!);
        Assert.NotEmpty(data.GetProperty("persistence/1 CUDA").GetString()!);
        Assert.Contains("cannot run on TensorRT", runner.Output);
        var metrics = await runner.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);
        Assert.Matches("""aitrader_inference_step_downs\{[^}]*provider="TensorRT"[^}]*\} 1""", metrics);
    }

    private static JsonElement Models(JsonElement report) =>
        report.GetProperty("checks").EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "models");

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http)
    {
        using var content = new StringContent(Request, Encoding.UTF8, "application/json");
        return await http.PostAsync(new Uri("/v2/models/persistence/infer", UriKind.Relative), content, Token);
    }

    // Another service of this project, as far as tokens go.
    private static WebApplication Service(string audience)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ServiceAuth:Key"] = Key });
        builder.AddServiceDefaults();
        builder.Services.AddHttpClient("runner").AddServiceToken(audience);
        return builder.Build();
    }
}
