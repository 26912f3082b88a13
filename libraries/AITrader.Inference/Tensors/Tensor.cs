namespace AITrader.Inference.Tensors;

/// <summary>A named, row-major array. Owned by one request; never changed after its creation.</summary>
internal sealed class Tensor
{
    private Tensor(string name, TensorType type, long[] shape, byte[] raw, byte[][] texts)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Raw = raw;
        Texts = texts;
    }

    public string Name { get; }

    public TensorType Type { get; }

    public long[] Shape { get; }

    /// <summary>The elements, little-endian and consecutive; empty for BYTES.</summary>
    public byte[] Raw { get; }

    /// <summary>The elements of a BYTES tensor; else empty.</summary>
    public byte[][] Texts { get; }

    public static Tensor OfRaw(string name, TensorType type, long[] shape, byte[] raw) => new(name, type, shape, raw, []);

    public static Tensor OfTexts(string name, long[] shape, byte[][] texts) => new(name, TensorType.Bytes, shape, [], texts);

    /// <summary>The number of elements a shape has; null where it is negative or beyond what one tensor may hold.</summary>
    public static long? CountOf(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            if (size < 0 || size > int.MaxValue || (count *= size) > int.MaxValue)
            {
                return null;
            }
        }

        return count;
    }
}

/// <summary>An input or output that a model declares.</summary>
/// <param name="Name">Name of the input or output.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions; -1 where the size varies.</param>
/// <param name="Symbols">The names of varying dimensions; empty text where a dimension is fixed or nameless.</param>
internal sealed record TensorSpec(string Name, TensorType Type, long[] Shape, string[] Symbols)
{
    /// <summary>The smallest and the largest shape that is served; null where every size is.</summary>
    public (long[] Min, long[] Max)? Range { get; init; }

    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}

/// <summary>The inputs and outputs that a model declares.</summary>
internal sealed record ModelSignature(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs);
