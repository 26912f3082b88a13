using AITrader.Learning.Onnx;

namespace AITrader.Learning.Gradients;

/// <summary>Builds a model of operations whose gradients are known, and appends the gradient of its loss: reverse-mode
/// differentiation, node by node, in the graph itself, which ONNX Runtime then executes.</summary>
/// <remarks>
/// One definition of a model serves twice: with its weights as a vector that the graph takes (to train), or as constants (to serve).
/// Not thread-safe; the same calls give the same graph.
/// </remarks>
public sealed class DifferentiableGraph
{
    private readonly List<(Variable Result, Origin[] Origins)> _tape = [];
    private readonly List<Parameter> _parameters = [];
    private readonly List<OnnxValue> _weightValues = [];
    private readonly List<GraphInput> _inputs = [];
    private readonly float[]? _weights;
    private readonly OnnxValue? _vector;

    private DifferentiableGraph(string name, float[]? weights)
    {
        Onnx = new OnnxGraph(name);
        _weights = weights;
        _vector = weights is null ? Onnx.Input(WeightsName, OnnxElementType.Fp32, OnnxDimension.Varying("parameters")) : null;
    }

    /// <summary>Name of the input that takes the weights of a graph that is trained.</summary>
    public const string WeightsName = "weights";

    /// <summary>The graph beneath.</summary>
    public OnnxGraph Onnx { get; }

    /// <summary>What the graph takes beside its weights.</summary>
    public IReadOnlyList<GraphInput> Inputs => _inputs;

    /// <summary>Groups of weights, in the order of their definition.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Number of weights.</summary>
    public int WeightCount => _parameters is [.., var last] ? last.Offset + last.Count : 0;

    /// <summary>A graph that takes its weights as an input and can be trained.</summary>
    public static DifferentiableGraph ToTrain(string name) => new(name, weights: null);

    /// <summary>A graph with fixed weights, as a trained graph of the same definition has them.</summary>
    public static DifferentiableGraph ToServe(string name, float[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new DifferentiableGraph(name, weights);
    }

    /// <summary>Weights as they begin.</summary>
    public float[] Begin(int seed)
    {
        var random = new Random(seed);
        var weights = new float[WeightCount];
        foreach (var parameter in _parameters)
        {
            parameter.Start.Fill(weights.AsSpan(parameter.Offset, parameter.Count), random);
        }

        return weights;
    }

    /// <summary>Declares an input of numbers.</summary>
    public Variable Input(string name, Shape shape) => Input(name, OnnxElementType.Fp32, shape);

    /// <summary>Declares an input of whole numbers, for <see cref="Shaping.Rows"/>.</summary>
    public Variable Indices(string name, Shape shape) => Input(name, OnnxElementType.I64, shape);

    /// <summary>A single number that does not change.</summary>
    public Variable Constant(double value) => Constant([(float)value], Shape.Of());

    /// <summary>Numbers that do not change, row-major.</summary>
    public Variable Constant(ReadOnlySpan<float> values, Shape shape) => new(Onnx.Constant(values, shape.Sizes), shape, HasGradient: false);

    /// <summary>Defines a group of weights.</summary>
    /// <exception cref="ArgumentException">The name is taken, or a graph with fixed weights has too few of them.</exception>
    public Variable Weights(string name, Start start, Shape shape)
    {
        if (_parameters.Exists(parameter => parameter.Name == name))
        {
            throw new ArgumentException($"The model has weights '{name}' already.", nameof(name));
        }

        var parameter = new Parameter(name, shape, WeightCount, start);
        _parameters.Add(parameter);
        if (_weights is null)
        {
            var (from, to) = (Onnx.Constant(parameter.Offset), Onnx.Constant(parameter.Offset + parameter.Count));
            var flat = Onnx.Node("Slice", [_vector!.Value, from, to]);
            var value = Onnx.Node("Reshape", [flat, Onnx.Constant(shape.Sizes)]);
            _weightValues.Add(value);
            return new Variable(value, shape, HasGradient: true);
        }

        return parameter.Offset + parameter.Count <= _weights.Length
            ? Constant(_weights.AsSpan(parameter.Offset, parameter.Count), shape)
            : throw new ArgumentException($"There are {_weights.Length} weights, and '{name}' needs more.", nameof(name));
    }

    /// <summary>Declares a value as an output of the model.</summary>
    public void Output(string name, Variable value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Onnx.Output(Onnx.Node("Identity", [value.Value], name), OnnxElementType.Fp32, DimensionsOf(value.Shape));
    }

    /// <summary>Appends the gradient of a loss by all weights.</summary>
    /// <param name="loss">A single number.</param>
    /// <returns>A vector in the order of the weights.</returns>
    /// <exception cref="InvalidOperationException">It is no single number, no weight has a part in it, or the graph's weights are
    /// fixed.</exception>
    public OnnxValue GradientOf(Variable loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Shape.Rank != 0 || !loss.HasGradient || _vector is null)
        {
            throw new InvalidOperationException("A gradient is that of a single number by weights that the graph takes.");
        }

        var gradients = new Dictionary<string, OnnxValue>(StringComparer.Ordinal) { [loss.Value.Name] = Onnx.Constant([1f]) };
        for (var i = _tape.Count - 1; i >= 0; i--)
        {
            var (result, origins) = _tape[i];
            if (gradients.TryGetValue(result.Value.Name, out var gradient))
            {
                Spread(origins, gradient, gradients);
            }
        }

        return Onnx.Node(
            "Concat",
            [.. _weightValues.Select(weights => FlatGradient(weights, gradients))],
            output: null,
            NodeSetting.Of("axis", 0L)
        );
    }

    /// <summary>Adds an operation.</summary>
    internal Variable Add(OnnxValue value, Shape shape, params ReadOnlySpan<Origin> origins)
    {
        var known = origins.ToArray().Where(static origin => origin.Of.HasGradient).ToArray();
        var result = new Variable(value, shape, known.Length > 0);
        if (known.Length > 0 && _vector is not null)
        {
            _tape.Add((result, known));
        }

        return result;
    }

    private OnnxValue FlatGradient(OnnxValue weights, Dictionary<string, OnnxValue> gradients) =>
        gradients.TryGetValue(weights.Name, out var gradient)
            ? Onnx.Node("Reshape", [gradient, Onnx.Constant(-1L)])
            : throw new InvalidOperationException($"The weights of '{weights.Name}' have no part in the loss.");

    private void Spread(Origin[] origins, OnnxValue gradient, Dictionary<string, OnnxValue> gradients)
    {
        foreach (var origin in origins)
        {
            var (name, part) = (origin.Of.Value.Name, origin.Gradient(gradient));
            gradients[name] = gradients.TryGetValue(name, out var others) ? Onnx.Node("Add", [others, part]) : part;
        }
    }

    private Variable Input(string name, OnnxElementType type, Shape shape)
    {
        _inputs.Add(new GraphInput(name, type, shape));
        return new Variable(Onnx.Input(name, type, DimensionsOf(shape)), shape, HasGradient: false);
    }

    private static OnnxDimension[] DimensionsOf(Shape shape)
    {
        var dimensions = new OnnxDimension[shape.Rank];
        for (var axis = 0; axis < dimensions.Length; axis++)
        {
            dimensions[axis] = shape[axis] == Shape.Batch ? OnnxDimension.Varying("batch") : OnnxDimension.Of(shape[axis]);
        }

        return dimensions;
    }
}
