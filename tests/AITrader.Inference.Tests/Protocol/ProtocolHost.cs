using AITrader.Inference.Tests.Hosting;
using AITrader.Learning.Onnx;

namespace AITrader.Inference.Tests.Protocol;

/// <summary>One server with every sample model, for tests that only read from it.</summary>
public sealed class ProtocolHost : IAsyncLifetime
{
    private readonly ModelFiles _files = new();

    public RunnerHost Runner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _files
            .AddPersistence(1)
            .AddPersistence(2, horizon: 2)
            .AddPersistence(name: "my model")
            .Configure("persistence", """{"version_policy":{"all":true},"labels":{"stable":1,"canary":2},"warm_up":{"prices":[1,4]}}""")
            .Add("sums", 1, SampleModels.SumAndDifference())
            .Add("scalar", 1, SampleModels.Scalar())
            .Add("reciprocal", 1, SampleModels.Reciprocal())
            .Add("nonzero", 1, SampleModels.NonZero())
            .Configure("nonzero", """{"warm_up":{"x":[3]}}""");
        foreach (var type in Enum.GetValues<OnnxElementType>())
        {
            _files.Add($"identity-{type}", 1, SampleModels.Identity(type));
        }

        Runner = await RunnerHost.StartAsync(_files);
    }

    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync();
        _files.Dispose();
    }
}
