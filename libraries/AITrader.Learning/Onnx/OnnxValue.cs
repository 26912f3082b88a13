namespace AITrader.Learning.Onnx;

/// <summary>Element types, numbered as in onnx.proto's <c>TensorProto.DataType</c>.</summary>
public enum OnnxElementType
{
    /// <summary>32-bit float.</summary>
    Fp32 = 1,

    /// <summary>8-bit unsigned integer.</summary>
    U8 = 2,

    /// <summary>8-bit signed integer.</summary>
    I8 = 3,

    /// <summary>16-bit unsigned integer.</summary>
    U16 = 4,

    /// <summary>16-bit signed integer.</summary>
    I16 = 5,

    /// <summary>32-bit signed integer.</summary>
    I32 = 6,

    /// <summary>64-bit signed integer.</summary>
    I64 = 7,

    /// <summary>Text.</summary>
    Text = 8,

    /// <summary>True or false.</summary>
    Truth = 9,

    /// <summary>16-bit float.</summary>
    Fp16 = 10,

    /// <summary>64-bit float.</summary>
    Fp64 = 11,

    /// <summary>32-bit unsigned integer.</summary>
    U32 = 12,

    /// <summary>64-bit unsigned integer.</summary>
    U64 = 13,
}

/// <summary>A named value of a graph: an input or output of nodes.</summary>
/// <param name="Name">Unique in the graph.</param>
public readonly record struct OnnxValue(string Name);

/// <summary>One dimension of an input or output: a size, or a name for a size known only when the model runs.</summary>
public readonly record struct OnnxDimension
{
    private OnnxDimension(long? size, string? name)
    {
        Size = size;
        Name = name;
    }

    /// <summary>The size; null where it varies.</summary>
    public long? Size { get; }

    /// <summary>The name of a varying size. Equal names promise equal sizes.</summary>
    public string? Name { get; }

    /// <summary>A dimension of this size, above zero.</summary>
    public static OnnxDimension Of(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return new OnnxDimension(size, null);
    }

    /// <summary>A dimension whose size varies.</summary>
    public static OnnxDimension Varying(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new OnnxDimension(null, name);
    }
}

/// <summary>A node's attribute.</summary>
/// <param name="Name">As the operator's specification names it.</param>
/// <param name="Value">Value of the attribute.</param>
public readonly record struct NodeSetting(string Name, NodeSettingValue Value)
{
    /// <summary>An integer attribute, e.g. an axis or a switch.</summary>
    public static NodeSetting Of(string name, long value) => new(name, new NodeSettingValue.Whole(value));

    /// <summary>A float attribute, e.g. <c>alpha</c>.</summary>
    public static NodeSetting Of(string name, float value) => new(name, new NodeSettingValue.Number(value));

    /// <summary>A list of integers, e.g. <c>perm</c>.</summary>
    public static NodeSetting Of(string name, IReadOnlyList<long> values) => new(name, new NodeSettingValue.Wholes(values));

    /// <summary>A text attribute, e.g. <c>mode</c>.</summary>
    public static NodeSetting Of(string name, string value) => new(name, new NodeSettingValue.Text(value));
}

/// <summary>The values an attribute can have. A closed set.</summary>
public abstract record NodeSettingValue
{
    private NodeSettingValue() { }

    /// <summary>One integer.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Whole(long Value) : NodeSettingValue;

    /// <summary>One float.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Number(float Value) : NodeSettingValue;

    /// <summary>Several integers.</summary>
    /// <param name="Values">The values.</param>
    public sealed record Wholes(IReadOnlyList<long> Values) : NodeSettingValue;

    /// <summary>One text.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Text(string Value) : NodeSettingValue;
}
