using AITrader.Learning.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Tests.Onnx;

public sealed class OnnxGraphTests
{
    [Fact]
    public void Runtime_computes_what_the_graph_says()
    {
        // relu(x · W + b) with W [2,3]: constants, an integer attribute and generated names in one model.
        var graph = new OnnxGraph("layer");
        var x = graph.Input("x", OnnxElementType.Fp32, OnnxDimension.Varying("n"), OnnxDimension.Of(2));
        var weights = graph.Constant([1f, -2f, 3f, 4f, 5f, -6f], 3, 2);
        var bias = graph.Constant([0.5f, 0f, -1f], 3);
        var sum = graph.Node("Gemm", [x, weights, bias], null, NodeSetting.Of("transB", 1), NodeSetting.Of("alpha", 2f));
        var y = graph.Node("Relu", [sum], "y");
        graph.Output(y, OnnxElementType.Fp32, OnnxDimension.Varying("n"), OnnxDimension.Of(3));

        using var session = new InferenceSession(graph.ToBytes());
        using var input = OrtValue.CreateTensorValueFromMemory([1f, 2f], [1, 2]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["x"], [input], ["y"]);

        // 2 * [1 - 4, 3 + 8, 5 - 12] + b = [-5.5, 22, -15]
        Assert.Equal([0f, 22f, 0f], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void List_and_text_attributes_and_scalars_reach_the_runtime()
    {
        var graph = new OnnxGraph("attributes");
        var x = graph.Input("x", OnnxElementType.Fp32, OnnxDimension.Of(2), OnnxDimension.Of(3));
        var turned = graph.Node("Transpose", [x], null, NodeSetting.Of("perm", [1L, 0L]));
        var padded = graph.Node(
            "Pad",
            [turned, graph.Constant(0L, 1L, 0L, 0L), graph.Constant([9f])],
            "y",
            NodeSetting.Of("mode", "constant")
        );
        graph.Output(padded, OnnxElementType.Fp32, OnnxDimension.Of(3), OnnxDimension.Of(3));

        using var session = new InferenceSession(graph.ToBytes());
        using var input = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["x"], [input], ["y"]);

        Assert.Equal([9f, 1f, 4f, 9f, 2f, 5f, 9f, 3f, 6f], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Same_calls_give_same_bytes() => Assert.Equal(Sample().ToBytes(), Sample().ToBytes());

    [Fact]
    public void Value_that_is_not_in_the_graph_is_refused()
    {
        var graph = new OnnxGraph("g");

        Assert.Throws<ArgumentException>(() => graph.Node("Relu", [new OnnxValue("missing")]));
        Assert.Throws<ArgumentException>(() => graph.Output(new OnnxValue("missing"), OnnxElementType.Fp32));
    }

    [Fact]
    public void Name_in_use_is_refused()
    {
        var graph = new OnnxGraph("g");
        var x = graph.Input("x", OnnxElementType.Fp32, OnnxDimension.Of(1));

        Assert.Throws<ArgumentException>(() => graph.Node("Relu", [x], "x"));
    }

    [Fact]
    public void Constant_must_fill_its_shape() =>
        Assert.Throws<ArgumentException>(static () => new OnnxGraph("g").Constant([1f, 2f, 3f], 2, 2));

    [Fact]
    public void Graph_without_output_is_refused() => Assert.Throws<InvalidOperationException>(static () => new OnnxGraph("g").ToBytes());

    private static OnnxGraph Sample()
    {
        var graph = new OnnxGraph("sample");
        var x = graph.Input("x", OnnxElementType.Fp32, OnnxDimension.Varying("n"));
        graph.Output(graph.Node("Tanh", [graph.Node("Neg", [x])]), OnnxElementType.Fp32, OnnxDimension.Varying("n"));
        return graph;
    }
}
