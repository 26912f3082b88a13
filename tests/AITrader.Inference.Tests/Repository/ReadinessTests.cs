using System.Net;
using AITrader.Inference.Execution;
using AITrader.Inference.Tests.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.Inference.Tests.Repository;

public sealed class ReadinessTests : IDisposable
{
    private const string Request = """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[4]}]}""";

    private readonly ModelFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Missing_folder_is_said_plainly_and_mended_by_making_it()
    {
        var root = Path.Combine(_files.Root, "later");
        await using var runner = await RunnerHost.StartAsync(root, [ExecutionProvider.Cpu]);

        var (status, body) = await runner.GetAsync("/v2/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(
            $"models folder '{root}' does not exist; set Inference:ModelPath or ONNX_MODEL_PATH to a model repository or an .onnx file",
            body.GetProperty("error").GetString()
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await runner.PostAsync("/v2/models/persistence/infer", Request)).Status);
        Assert.Equal(HealthStatus.Unhealthy, (await runner.HealthAsync()).Status);

        Directory.CreateDirectory(root);
        await runner.RefreshAsync();
        Assert.Contains("holds no model", (await runner.GetAsync("/v2/health/ready")).Body.GetProperty("error").GetString());

        File.Copy(_files.AddPersistence().PathOf("persistence", 1), MakeFolder(root, "persistence", "1"));
        await runner.RefreshAsync();
        Assert.Equal(HttpStatusCode.OK, (await runner.GetAsync("/v2/health/ready")).Status);
    }

    [Fact]
    public async Task Model_that_cannot_be_loaded_keeps_the_server_from_being_ready()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence().Add("broken", 1, [0, 1, 2]));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await runner.GetAsync("/v2/health/ready")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await runner.PostAsync("/v2/models/broken/infer", Request)).Status);
        Assert.Equal(HttpStatusCode.OK, (await runner.PostAsync("/v2/models/persistence/infer", Request)).Status);
        var (_, index) = await runner.PostAsync("/v2/repository/index", "{}");
        Assert.Equal("UNAVAILABLE", index[0].GetProperty("state").GetString());
        Assert.NotEmpty(index[0].GetProperty("reason").GetString()!);
    }

    [Fact]
    public async Task Version_whose_warm_up_fails_is_not_served()
    {
        _files.Add("slow", 1, SampleModels.Slow()).Configure("slow", """{"warm_up":{"side":[3]}}""");
        await using var runner = await RunnerHost.StartAsync(_files);

        Assert.Contains("warm-up", runner.Models.FindEntry("slow").Problem);
    }

    [Fact]
    public async Task Single_file_is_served_under_its_name()
    {
        var file = Path.Combine(_files.Root, "baseline.onnx");
        File.WriteAllBytes(file, Learning.Models.PersistenceModel.Build());
        await using var runner = await RunnerHost.StartAsync("nowhere", [ExecutionProvider.Cpu], ("ONNX_MODEL_PATH", file));

        Assert.Equal("1", (await runner.InferAsync("baseline", Request)).GetProperty("model_version").GetString());
    }

    [Fact]
    public async Task Readiness_names_version_and_provider()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence(3));

        Assert.Equal("CPU", (await runner.HealthAsync()).Entries["models"].Data["persistence/3"]);
    }

    [Theory]
    [InlineData("Inference:QueueLimit", "0", "Inference:QueueLimit")]
    [InlineData("Inference:SessionsPerModel", "65", "Inference:SessionsPerModel")]
    [InlineData("Inference:PollInterval", "00:00:00", "Inference:PollInterval")]
    public async Task Bad_setting_stops_the_start(string setting, string value, string named)
    {
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            RunnerHost.StartAsync(_files, (setting, value))
        );

        Assert.Contains(named, failure.Message);
    }

    private static string MakeFolder(params string[] parts)
    {
        var folder = Path.Combine(parts);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, "model.onnx");
    }
}
