using AITrader.Inference.Execution;
using AITrader.Inference.Tests.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.Inference.Tests.Execution;

/// <summary>The ladder on a machine without a GPU: how each rung gives way is the runtime's own behaviour.</summary>
public sealed class LadderTests : IDisposable
{
    private static readonly ExecutionProvider[] Ladder = [ExecutionProvider.TensorRT, ExecutionProvider.Cuda, ExecutionProvider.Cpu];

    private readonly ModelFiles _files = new ModelFiles().AddPersistence();

    public LadderTests() => Assert.SkipWhen(File.Exists("/dev/nvidiactl"), "this machine has an NVIDIA GPU");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Without_a_gpu_it_ends_on_the_cpu_and_says_why()
    {
        await using var runner = await RunnerHost.StartAsync(_files.Root, Ladder);

        var version = runner.Models.Find("persistence", null);
        Assert.Equal("CPU", version.Provider);
        Assert.Equal([ExecutionProvider.TensorRT, ExecutionProvider.Cuda], version.StepDowns.Select(static step => step.Provider));
        Assert.All(version.StepDowns, static step => Assert.NotEmpty(step.Reason));

        var models = (await runner.HealthAsync()).Entries["models"];
        Assert.Equal(HealthStatus.Healthy, models.Status);
        Assert.Equal(version.StepDowns[0].Reason, models.Data["persistence/1 TensorRT"]);
        Assert.Equal(version.StepDowns[1].Reason, models.Data["persistence/1 CUDA"]);

        var body = await runner.InferAsync("persistence", """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[4]}]}""");
        Assert.Equal("CPU", body.GetProperty("parameters").GetProperty("provider").GetString());
    }

    [Fact]
    public async Task Where_the_cpu_is_not_allowed_the_runner_is_not_ready()
    {
        await using var runner = await RunnerHost.StartAsync(_files.Root, Ladder, ("Inference:AllowCpu", "false"));

        var models = (await runner.HealthAsync()).Entries["models"];
        Assert.Equal(HealthStatus.Unhealthy, models.Status);
        Assert.Contains("TensorRT: ", models.Description);
        Assert.Contains("CUDA: ", models.Description);
    }
}
