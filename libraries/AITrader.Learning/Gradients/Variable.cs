using AITrader.Learning.Onnx;

namespace AITrader.Learning.Gradients;

/// <summary>A value of a graph that knows its shape and whether parameters have a part in it.</summary>
/// <param name="Value">Its name in the graph.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="HasGradient">Whether a parameter has a part in it, so that the loss has a gradient by it.</param>
public sealed record Variable(OnnxValue Value, Shape Shape, bool HasGradient);

/// <summary>What an operation was made of, and how the gradient by its result becomes one by that.</summary>
/// <param name="Of">What it was made of.</param>
/// <param name="Gradient">Makes the gradient by that, which has its shape, of the one by the result.</param>
internal sealed record Origin(Variable Of, Func<OnnxValue, OnnxValue> Gradient);

/// <summary>What a graph takes beside its weights.</summary>
/// <param name="Name">Unique in the graph.</param>
/// <param name="Type">Numbers or whole numbers.</param>
/// <param name="Shape">Its shape.</param>
public sealed record GraphInput(string Name, OnnxElementType Type, Shape Shape);

/// <summary>A group of weights.</summary>
/// <param name="Name">Unique in the model.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">Where it begins among all weights of the model.</param>
/// <param name="Start">How its weights begin.</param>
public sealed record Parameter(string Name, Shape Shape, int Offset, Start Start)
{
    /// <summary>Number of weights.</summary>
    public int Count => (int)Shape.Elements;
}
