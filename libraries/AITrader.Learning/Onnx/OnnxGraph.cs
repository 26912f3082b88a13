using System.Buffers.Binary;
using System.Globalization;

namespace AITrader.Learning.Onnx;

/// <summary>Builds an ONNX model: inputs, constants, nodes in the order they run, outputs; then the file's bytes.</summary>
/// <remarks>
/// Not thread-safe. Field numbers are those of onnx.proto (github.com/onnx/onnx). The same calls give the same bytes:
/// generated names count up, nothing depends on time or machine. Operators are not checked here; ONNX Runtime does
/// that when it loads the model.
/// </remarks>
public sealed class OnnxGraph
{
    /// <summary>The operator set that the nodes are written for.</summary>
    public const int OperatorSet = 17;

    private const int IrVersion = 8;
    private const string Producer = "aitrader";

    private readonly string _name;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<ProtobufWriter> _inputs = [];
    private readonly List<ProtobufWriter> _outputs = [];
    private readonly List<ProtobufWriter> _initializers = [];
    private readonly List<ProtobufWriter> _nodes = [];
    private int _generated;

    /// <summary>Creates an empty graph.</summary>
    /// <param name="name">Name of the graph, which tools show; it has no meaning at run time.</param>
    public OnnxGraph(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _name = name;
    }

    /// <summary>Declares an input.</summary>
    public OnnxValue Input(string name, OnnxElementType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        _inputs.Add(ValueInfo(name, type, shape));
        return Define(name);
    }

    /// <summary>Declares a value of a node as an output of the model.</summary>
    /// <exception cref="ArgumentException">The graph has no such value.</exception>
    public void Output(OnnxValue value, OnnxElementType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        Require(value);
        _outputs.Add(ValueInfo(value.Name, type, shape));
    }

    /// <summary>Adds a constant of floats, row-major; no shape means a scalar.</summary>
    public OnnxValue Constant(ReadOnlySpan<float> data, params ReadOnlySpan<long> shape)
    {
        var raw = new byte[data.Length * sizeof(float)];
        for (var i = 0; i < data.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), data[i]);
        }

        return Initializer(OnnxElementType.Fp32, data.Length, raw, shape);
    }

    /// <summary>Adds a constant vector of integers: axes, shapes, indices.</summary>
    public OnnxValue Constant(params ReadOnlySpan<long> data)
    {
        var raw = new byte[data.Length * sizeof(long)];
        for (var i = 0; i < data.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(i * sizeof(long)), data[i]);
        }

        return Initializer(OnnxElementType.I64, data.Length, raw, [data.Length]);
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">The operator, e.g. <c>Gemm</c>.</param>
    /// <param name="inputs">Inputs of the operator, in the order of its specification.</param>
    /// <param name="output">The output's name; generated where null.</param>
    /// <param name="attributes">Attributes of the operator; absent ones have the default of the specification.</param>
    /// <exception cref="ArgumentException">An input is not in the graph yet, or the output's name is taken.</exception>
    public OnnxValue Node(
        string operation,
        ReadOnlySpan<OnnxValue> inputs,
        string? output = null,
        params ReadOnlySpan<NodeSetting> attributes
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            Require(input);
            node.Text(1, input.Name);
        }

        var value = Define(output ?? NextName(operation));
        node.Text(2, value.Name).Text(3, $"{operation}/{value.Name}").Text(4, operation);
        foreach (var attribute in attributes)
        {
            node.Message(5, Attribute(attribute));
        }

        _nodes.Add(node);
        return value;
    }

    /// <summary>Returns the model as the bytes of an <c>.onnx</c> file.</summary>
    /// <exception cref="InvalidOperationException">The graph has no output.</exception>
    public byte[] ToBytes()
    {
        if (_outputs.Count == 0)
        {
            throw new InvalidOperationException($"Graph '{_name}' has no output.");
        }

        var graph = new ProtobufWriter()
            .Messages(1, _nodes)
            .Text(2, _name)
            .Messages(5, _initializers)
            .Messages(11, _inputs)
            .Messages(12, _outputs);
        var operatorSet = new ProtobufWriter().Text(1, string.Empty).Int(2, OperatorSet);
        return new ProtobufWriter().Int(1, IrVersion).Text(2, Producer).Message(7, graph).Message(8, operatorSet).Written.ToArray();
    }

    private static ProtobufWriter ValueInfo(string name, OnnxElementType type, ReadOnlySpan<OnnxDimension> shape)
    {
        var dimensions = new ProtobufWriter();
        foreach (var dimension in shape)
        {
            dimensions.Message(
                1,
                dimension.Size is { } size
                    ? new ProtobufWriter().Int(1, size)
                    : new ProtobufWriter().Text(
                        2,
                        dimension.Name ?? throw new ArgumentException("A dimension needs a size or a name.", nameof(shape))
                    )
            );
        }

        var tensor = new ProtobufWriter().Int(1, (long)type).Message(2, dimensions);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }

    private static ProtobufWriter Attribute(NodeSetting attribute)
    {
        const int type = 20;
        var field = new ProtobufWriter().Text(1, attribute.Name);
        return attribute.Value switch
        {
            NodeSettingValue.Number number => field.Float(2, number.Value).Int(type, 1),
            NodeSettingValue.Whole integer => field.Int(3, integer.Value).Int(type, 2),
            NodeSettingValue.Text text => field.Text(4, text.Value).Int(type, 3),
            NodeSettingValue.Wholes integers => Integers(field, integers.Values).Int(type, 7),
            _ => throw new ArgumentException($"Attribute '{attribute.Name}' has no value.", nameof(attribute)),
        };
    }

    private static ProtobufWriter Integers(ProtobufWriter field, IReadOnlyList<long> values)
    {
        foreach (var value in values)
        {
            field.Int(8, value);
        }

        return field;
    }

    private OnnxValue Initializer(OnnxElementType type, int count, byte[] raw, ReadOnlySpan<long> shape)
    {
        var expected = 1L;
        var tensor = new ProtobufWriter();
        foreach (var size in shape)
        {
            expected *= size;
            tensor.Int(1, size);
        }

        if (expected != count)
        {
            throw new ArgumentException($"The shape holds {expected} elements, the data {count}.", nameof(shape));
        }

        var value = Define(NextName("constant"));
        _initializers.Add(tensor.Int(2, (long)type).Text(8, value.Name).Bytes(9, raw));
        return value;
    }

    private OnnxValue Define(string name) =>
        _names.Add(name) ? new OnnxValue(name) : throw new ArgumentException($"The graph has a value '{name}' already.", nameof(name));

    private void Require(OnnxValue value)
    {
        if (!_names.Contains(value.Name))
        {
            throw new ArgumentException($"The graph has no value '{value.Name}'.", nameof(value));
        }
    }

    private string NextName(string stem) => string.Create(CultureInfo.InvariantCulture, $"{stem}_{_generated++}");
}
