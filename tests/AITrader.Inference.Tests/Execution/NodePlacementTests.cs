using System.Text;
using AITrader.Inference.Execution;
using AITrader.Inference.Tests.Hosting;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Tests.Execution;

/// <summary>Which provider runs which node: read from a profile that the runtime itself has written.</summary>
public sealed class NodePlacementTests
{
    [Fact]
    public void Profile_of_a_warm_up_names_each_node_once_and_leaves_no_file()
    {
        using var placement = NodePlacement.TryStart()!;
        using var options = new SessionOptions();
        placement.Record(options);
        using var session = new InferenceSession(SampleModels.SumAndDifference(), options);
        for (var i = 0; i < 2; i++)
        {
            Run(session, [1, 2], [3, 4]);
        }

        var nodes = NodePlacement.End(session);

        Assert.Equal(["Add", "Sub"], nodes.Select(static node => node.Operator).Order(StringComparer.Ordinal));
        Assert.All(nodes, static node => Assert.True(node.IsOnCpu, node.Provider));
        Assert.All(nodes, static node => Assert.NotEmpty(node.Name));
        // The session serves on, and is no longer recorded.
        Assert.Equal([11f, 22f], Run(session, [1, 2], [10, 20]));
        placement.Dispose();
        Assert.False(Directory.Exists(placement.Folder));
    }

    [Fact]
    public void Nodes_on_the_processor_are_told_from_those_on_the_gpu()
    {
        const string profile = """
            [{"cat":"Session","pid":1,"tid":1,"dur":9,"ts":1,"ph":"X","name":"model_run","args":{}},
             {"cat":"Node","name":"embed_fence_before","args":{"op_name":"Gather"}},
             {"cat":"Node","name":"embed_kernel_time","args":{"op_name":"Gather","provider":"CUDAExecutionProvider","node_index":"1"}},
             {"cat":"Node","name":"sizes_kernel_time","args":{"op_name":"Shape","provider":"CPUExecutionProvider","node_index":"2"}},
             {"cat":"Node","name":"_kernel_time","args":{"op_name":"NonZero","provider":"CPUExecutionProvider","node_index":"3"}},
             {"cat":"Node","name":"sizes_kernel_time","args":{"op_name":"Shape","provider":"CPUExecutionProvider","node_index":"2"}}]
            """;

        var nodes = NodePlacement.Parse(Encoding.UTF8.GetBytes(profile));

        Assert.Equal(["Gather 'embed'", "Shape 'sizes'", "NonZero '3'"], nodes.Select(static node => node.Text));
        Assert.Equal(["Shape 'sizes'", "NonZero '3'"], nodes.Where(static node => node.IsOnCpu).Select(static node => node.Text));
    }

    // microsoft/onnxruntime issues 23647 and 29669: a model on a GPU that computed on the processor, and nothing that said so.
    [Fact]
    public void Readiness_names_what_is_not_on_the_gpu()
    {
        var some = new PlacedNode[] { new("sizes", "Shape", "CPUExecutionProvider"), new("place", "Gather", "CPUExecutionProvider") };
        var choice = new ProviderChoice("CUDA", [new StepDown(ExecutionProvider.TensorRT, "no library")], some);

        Assert.Equal(
            new Dictionary<string, object>
            {
                ["nbeats/1"] = "CUDA",
                ["nbeats/1 TensorRT"] = "no library",
                ["nbeats/1 on CPU"] = "2 of its nodes: Shape 'sizes', Gather 'place'",
            },
            choice.Describe("nbeats/1").ToDictionary()
        );
        Assert.Equal(["nbeats/1"], new ProviderChoice("CPU", [], []).Describe("nbeats/1").Select(static line => line.Key));

        var many = choice with { CpuNodes = [.. Enumerable.Range(0, 200).Select(static i => new PlacedNode($"{i}", "Shape", "x"))] };
        Assert.StartsWith("200 of its nodes: Shape '0', ", many.CpuNodesText, StringComparison.Ordinal);
        Assert.EndsWith("Shape '19', …", many.CpuNodesText, StringComparison.Ordinal);
    }

    private static float[] Run(InferenceSession session, float[] a, float[] b)
    {
        using var run = new RunOptions();
        using var one = OrtValue.CreateTensorValueFromMemory(a, [1, 2]);
        using var other = OrtValue.CreateTensorValueFromMemory(b, [1, 2]);
        using var outputs = session.Run(run, ["a", "b"], [one, other], ["sum"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
