using AITrader.Inference.Execution;
using AITrader.Inference.Tensors;
using AITrader.Inference.Tests.Hosting;
using AITrader.Learning.Onnx;

namespace AITrader.Inference.Tests.Execution;

/// <summary>Captured CUDA graphs, as far as a machine without a GPU can tell: who may have one, what a provider is told, and what becomes
/// of a graph that computes something else.</summary>
public sealed class CudaGraphTests : IDisposable
{
    private const string Fixed = """{"cuda_graph":true,"profile":{"prices":{"min":[1,64],"opt":[1,64],"max":[1,64]}}}""";

    private static readonly ModelSignature OneNumber = new([new TensorSpec("x", TensorType.Fp32, [1, 4], ["", ""])], []);

    private readonly ModelFiles _files = new ModelFiles()
        .AddPersistence()
        .Add("identity-Text", 1, SampleModels.Identity(OnnxElementType.Text))
        .Add("nonzero", 1, SampleModels.NonZero());

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Providers_capture_a_graph_where_the_model_asks_for_one()
    {
        var graph = AcceleratorSettings.None with { IsGraph = true };

        Assert.Equal("1", ProviderLadder.CudaSettings("0", 0, graph)["enable_cuda_graph"]);
        Assert.Equal("1", ProviderLadder.TensorRtSettings("0", null, graph)["trt_cuda_graph_enable"]);
        Assert.DoesNotContain("enable_cuda_graph", ProviderLadder.CudaSettings("0", 0, AcceleratorSettings.None).Keys);
        Assert.DoesNotContain("trt_cuda_graph_enable", ProviderLadder.TensorRtSettings("0", null, AcceleratorSettings.None).Keys);
        Assert.Equal("1073741824", ProviderLadder.CudaSettings("0", 1024, graph)["gpu_mem_limit"]);
    }

    [Theory]
    [InlineData(
        "persistence",
        """{"cuda_graph":true}""",
        "input 'prices' is FP32 [-1, -1]; a profile whose min, opt and max are one shape"
    )]
    [InlineData(
        "persistence",
        """{"cuda_graph":true,"profile":{"prices":{"min":[1,64],"opt":[1,64],"max":[2,64]}}}""",
        "cuda_graph takes fixed sizes and numbers only: input 'prices'"
    )]
    [InlineData(
        "nonzero",
        """{"cuda_graph":true,"profile":{"x":{"min":[3],"opt":[3],"max":[3]}}}""",
        "cuda_graph takes fixed sizes and numbers only: output 'y' is INT64 [1, -1]"
    )]
    [InlineData("identity-Text", """{"cuda_graph":true,"profile":{"x":{"min":[3],"opt":[3],"max":[3]}}}""", "input 'x' is BYTES")]
    public async Task Model_of_open_sizes_is_not_served_and_says_why(string model, string configuration, string reason)
    {
        _files.Configure(model, configuration);
        await using var runner = await RunnerHost.StartAsync(_files);

        Assert.Contains(reason, runner.Models.FindEntry(model).Problem);
    }

    [Fact]
    public async Task Model_of_fixed_sizes_is_served_without_a_gpu_too()
    {
        _files.Configure("persistence", Fixed);
        await using var runner = await RunnerHost.StartAsync(
            _files.Root,
            [ExecutionProvider.TensorRT, ExecutionProvider.Cuda, ExecutionProvider.Cpu]
        );

        var version = runner.Models.Find("persistence", null);
        Assert.SkipUnless(version.Provider == "CPU", "this machine has an NVIDIA GPU");
        Assert.Equal([ExecutionProvider.TensorRT, ExecutionProvider.Cuda], version.StepDowns.Select(static step => step.Provider));
        foreach (var last in (string[])["3", "4"])
        {
            var row = string.Join(',', Enumerable.Repeat("1", 63).Append(last));
            var body = await runner.InferAsync(
                "persistence",
                $$"""{"inputs":[{"name":"prices","shape":[1,64],"datatype":"FP32","data":[{{row}}]}]}"""
            );
            Assert.Equal(double.Parse(last), body.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble());
        }
    }

    // microsoft/onnxruntime issue 20050: whatever came, the answer was that to the first request.
    [Fact]
    public void Graph_that_answers_the_first_request_again_and_again_is_found_out()
    {
        Tensor[]? first = null;

        Assert.Equal("two inputs have the same answer", GraphCheck.Find(OneNumber, inputs => first ??= inputs));
        Assert.Null(GraphCheck.Find(OneNumber, static inputs => inputs));
    }

    [Fact]
    public void Graph_that_answers_one_request_in_two_ways_is_found_out()
    {
        var runs = 0f;

        Assert.Equal(
            "the same input has two answers",
            GraphCheck.Find(OneNumber, _ => [Tensor.OfRaw("y", TensorType.Fp32, [1], BitConverter.GetBytes(runs++))])
        );
    }

    // microsoft/onnxruntime issue 20824: what was bound once was computed for ever.
    [Fact]
    public void Inputs_of_a_device_are_bound_anew_for_each_run()
    {
        using var lane = new Lane(
            new Microsoft.ML.OnnxRuntime.InferenceSession(SampleModels.Identity(OnnxElementType.Fp32)),
            new ModelSignature([new TensorSpec("x", TensorType.Fp32, [-1], ["n"])], [new TensorSpec("y", TensorType.Fp32, [-1], ["n"])]),
            LaneMemory.Device,
            TimeProvider.System
        );
        foreach (var value in (float[])[1, 2, 1])
        {
            var answer = lane.Run([Tensor.OfRaw("x", TensorType.Fp32, [1], BitConverter.GetBytes(value))], CancellationToken.None);
            Assert.Equal(value, BitConverter.ToSingle(answer.Outputs[0].Raw));
        }
    }
}
