using AITrader.Learning.Gradients;
using AITrader.Learning.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Training;

/// <summary>Buffers for the inputs of a graph, filled anew for each step.</summary>
public sealed class Batch
{
    private readonly Dictionary<string, Array> _values = new(StringComparer.Ordinal);
    private readonly List<(GraphInput Input, long[] Shape)> _inputs = [];

    /// <summary>Buffers for so many rows.</summary>
    internal Batch(IReadOnlyList<GraphInput> inputs, int rows)
    {
        Rows = rows;
        foreach (var input in inputs)
        {
            var shape = input.Shape.Sizes.ToArray();
            shape.AsSpan().Replace(Shape.Batch, rows);
            var count = shape.Aggregate(1L, static (product, size) => product * size);
            _values[input.Name] = input.Type == OnnxElementType.Fp32 ? new float[count] : new long[count];
            _inputs.Add((input, shape));
        }
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Whether the graph takes an input.</summary>
    public bool Has(string input) => _values.ContainsKey(input);

    /// <summary>Numbers of an input, row-major.</summary>
    public Span<float> Numbers(string input) => (float[])_values[input];

    /// <summary>Whole numbers of an input, row-major.</summary>
    public Span<long> Indices(string input) => (long[])_values[input];

    /// <summary>A part of an input's numbers that belongs to one row.</summary>
    public Span<float> Row(string input, int row)
    {
        var all = Numbers(input);
        var width = all.Length / Rows;
        return all.Slice(row * width, width);
    }

    /// <summary>Binds the buffers; what is written to them counts with the next run.</summary>
    internal List<OrtValue> Bind(OrtIoBinding binding)
    {
        var bound = new List<OrtValue>();
        foreach (var (input, shape) in _inputs)
        {
            var value = _values[input.Name] is float[] numbers
                ? OrtValue.CreateTensorValueFromMemory(numbers, shape)
                : OrtValue.CreateTensorValueFromMemory((long[])_values[input.Name], shape);
            binding.BindInput(input.Name, value);
            bound.Add(value);
        }

        return bound;
    }
}
