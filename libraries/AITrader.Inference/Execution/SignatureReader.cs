using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Execution;

/// <summary>Reads the inputs and outputs that a model declares, and checks requests against them.</summary>
internal static class SignatureReader
{
    /// <exception cref="ModelLoadException">An input or output is not a tensor of a type the protocol knows.</exception>
    public static ModelSignature Read(InferenceSession session) =>
        new([.. session.InputMetadata.Select(Describe)], [.. session.OutputMetadata.Select(Describe)]);

    /// <summary>Arranges the inputs of a request in the order of the model.</summary>
    /// <exception cref="InferenceException">An input is missing, unknown, given twice, or of another type or shape.</exception>
    public static Tensor[] Arrange(this ModelSignature signature, IReadOnlyList<Tensor> inputs)
    {
        var arranged = new Tensor[signature.Inputs.Count];
        foreach (var input in inputs)
        {
            var index = IndexOf(signature.Inputs, input.Name);
            if (index < 0)
            {
                throw InferenceException.BadRequest($"the model has no input '{input.Name}'; its inputs are {Names(signature.Inputs)}");
            }

            if (arranged[index] is not null)
            {
                throw InferenceException.BadRequest($"input '{input.Name}' is there twice");
            }

            Check(signature.Inputs[index], input);
            arranged[index] = input;
        }

        var missing = Array.FindIndex(arranged, static input => input is null);
        return missing < 0 ? arranged : throw InferenceException.BadRequest($"input '{signature.Inputs[missing].Name}' is missing");
    }

    /// <summary>Finds an output that a request asks for.</summary>
    /// <exception cref="InferenceException">The model has no such output.</exception>
    public static int IndexOfOutput(this ModelSignature signature, string name) =>
        IndexOf(signature.Outputs, name) is >= 0 and var index
            ? index
            : throw InferenceException.BadRequest($"the model has no output '{name}'; its outputs are {Names(signature.Outputs)}");

    public static int IndexOf(IReadOnlyList<TensorSpec> specs, string name)
    {
        for (var i = 0; i < specs.Count; i++)
        {
            if (specs[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    public static string Names(IReadOnlyList<TensorSpec> specs) => string.Join(", ", specs.Select(static spec => $"'{spec.Name}'"));

    private static TensorSpec Describe(KeyValuePair<string, NodeMetadata> node)
    {
        if (!node.Value.IsTensor || !TensorTypes.TryMap(node.Value.ElementDataType, out var type))
        {
            throw new ModelLoadException(
                $"'{node.Key}' is a {node.Value.OnnxValueType} of {node.Value.ElementDataType}, which the protocol cannot carry"
            );
        }

        return new TensorSpec(node.Key, type, [.. node.Value.Dimensions.Select(static size => (long)size)], node.Value.SymbolicDimensions);
    }

    private static void Check(TensorSpec spec, Tensor input)
    {
        if (input.Type != spec.Type)
        {
            throw InferenceException.BadRequest($"input '{spec.Name}' is {spec.Type.NameOf()}, not {input.Type.NameOf()}");
        }

        var fits = input.Shape.Length == spec.Shape.Length;
        for (var i = 0; fits && i < input.Shape.Length; i++)
        {
            fits = spec.Shape[i] < 0 || spec.Shape[i] == input.Shape[i];
        }

        if (!fits)
        {
            throw InferenceException.BadRequest(
                $"input '{spec.Name}' has shape {spec.ShapeText} (-1: any size), not [{string.Join(", ", input.Shape)}]"
            );
        }

        if (spec.Range is var (min, max) && input.Shape.Where((size, i) => size < min[i] || size > max[i]).Any())
        {
            throw InferenceException.BadRequest(
                $"input '{spec.Name}' has shape [{string.Join(", ", input.Shape)}]; served are [{string.Join(", ", min.Zip(max, static (low, high) => low == high ? $"{low}" : $"{low}..{high}"))}]"
            );
        }
    }
}
