using System.Globalization;
using AITrader.Learning.Models;
using AITrader.Learning.Onnx;

namespace AITrader.Inference.Tests.Hosting;

/// <summary>A model repository in a folder of its own.</summary>
public sealed class ModelFiles : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("aitrader-models-").FullName;

    public ModelFiles AddPersistence(int version = 1, int horizon = 8, string name = "persistence") =>
        Add(name, version, PersistenceModel.Build(horizon));

    public ModelFiles Add(string name, int version, byte[] model)
    {
        var file = PathOf(name, version);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, model);
        return this;
    }

    public ModelFiles Configure(string name, string json)
    {
        Directory.CreateDirectory(Path.Combine(Root, name));
        File.WriteAllText(Path.Combine(Root, name, "model.json"), json);
        return this;
    }

    public string PathOf(string name, int version) =>
        Path.Combine(Root, name, version.ToString(CultureInfo.InvariantCulture), "model.onnx");

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>Small models that show one thing each.</summary>
public static class SampleModels
{
    /// <summary>y = x, any length.</summary>
    public static byte[] Identity(OnnxElementType type)
    {
        var graph = new OnnxGraph("identity");
        var x = graph.Input("x", type, OnnxDimension.Varying("n"));
        graph.Output(graph.Node("Identity", [x], "y"), type, OnnxDimension.Varying("n"));
        return graph.ToBytes();
    }

    /// <summary>sum = a + b, difference = a - b; rows of two.</summary>
    public static byte[] SumAndDifference()
    {
        var graph = new OnnxGraph("sums");
        var n = OnnxDimension.Varying("n");
        var a = graph.Input("a", OnnxElementType.Fp32, n, OnnxDimension.Of(2));
        var b = graph.Input("b", OnnxElementType.Fp32, n, OnnxDimension.Of(2));
        graph.Output(graph.Node("Add", [a, b], "sum"), OnnxElementType.Fp32, n, OnnxDimension.Of(2));
        graph.Output(graph.Node("Sub", [a, b], "difference"), OnnxElementType.Fp32, n, OnnxDimension.Of(2));
        return graph.ToBytes();
    }

    /// <summary>y = 1 / x: infinity for zero.</summary>
    public static byte[] Reciprocal()
    {
        var graph = new OnnxGraph("reciprocal");
        var x = graph.Input("x", OnnxElementType.Fp32, OnnxDimension.Varying("n"));
        graph.Output(graph.Node("Reciprocal", [x], "y"), OnnxElementType.Fp32, OnnxDimension.Varying("n"));
        return graph.ToBytes();
    }

    /// <summary>The positions of what is not zero: an output whose size only the run knows.</summary>
    public static byte[] NonZero()
    {
        var graph = new OnnxGraph("nonzero");
        var x = graph.Input("x", OnnxElementType.Fp32, OnnxDimension.Varying("n"));
        graph.Output(graph.Node("NonZero", [x], "y"), OnnxElementType.I64, OnnxDimension.Of(1), OnnxDimension.Varying("found"));
        return graph.ToBytes();
    }

    /// <summary>y = x, one number without dimensions.</summary>
    public static byte[] Scalar()
    {
        var graph = new OnnxGraph("scalar");
        graph.Output(graph.Node("Identity", [graph.Input("x", OnnxElementType.Fp32)], "y"), OnnxElementType.Fp32);
        return graph.ToBytes();
    }

    /// <summary>The number in a place of 10, 20, 30; a place beyond is the runtime's to refuse.</summary>
    public static byte[] LookUp()
    {
        var graph = new OnnxGraph("look-up");
        var place = graph.Input("place", OnnxElementType.I64, OnnxDimension.Varying("n"));
        graph.Output(graph.Node("Gather", [graph.Constant([10, 20, 30], 3), place], "y"), OnnxElementType.Fp32, OnnxDimension.Varying("n"));
        return graph.ToBytes();
    }

    /// <summary>Multiplies a matrix of size [side, side] many times: side 1 is quick, side 700 takes many seconds.</summary>
    public static byte[] Slow()
    {
        var graph = new OnnxGraph("slow");
        var side = graph.Input("side", OnnxElementType.I64, OnnxDimension.Of(2));
        var matrix = graph.Node("Expand", [graph.Constant([0.001f], 1, 1), side]);
        var product = matrix;
        for (var i = 0; i < 400; i++)
        {
            product = graph.Node("MatMul", [product, matrix]);
        }

        var sum = graph.Node("ReduceSum", [product], "y", NodeSetting.Of("keepdims", 0));
        graph.Output(sum, OnnxElementType.Fp32);
        return graph.ToBytes();
    }
}
