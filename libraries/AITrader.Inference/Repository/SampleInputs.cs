using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Repository;

/// <summary>Inputs of zeros, for warm-up and measurement.</summary>
internal static class SampleInputs
{
    /// <param name="signature">The model's inputs.</param>
    /// <param name="shapes">Shapes by input; where none is given, varying sizes are the smallest ones served.</param>
    /// <param name="setting">Where the shapes come from, for messages.</param>
    /// <exception cref="ModelLoadException">A shape is for no input, or is not valid.</exception>
    /// <exception cref="InferenceException">A shape does not fit the model.</exception>
    public static Tensor[] Of(ModelSignature signature, IReadOnlyDictionary<string, long[]>? shapes, string setting)
    {
        if (shapes?.Keys.FirstOrDefault(name => SignatureReader.IndexOf(signature.Inputs, name) < 0) is { } unknown)
        {
            throw new ModelLoadException($"{setting} names input '{unknown}', which the model does not have");
        }

        return signature.Arrange([
            .. signature.Inputs.Select(input =>
                Zeros(
                    setting,
                    input,
                    shapes?.GetValueOrDefault(input.Name) ?? input.Range?.Min ?? [.. input.Shape.Select(static size => size < 0 ? 1 : size)]
                )
            ),
        ]);
    }

    private static Tensor Zeros(string setting, TensorSpec input, long[] shape)
    {
        var count = Tensor.CountOf(shape) ?? throw new ModelLoadException($"{setting}: shape of '{input.Name}' is not valid");
        return input.Type == TensorType.Bytes
            ? Tensor.OfTexts(input.Name, shape, [.. Enumerable.Repeat<byte[]>([], (int)count)])
            : Tensor.OfRaw(input.Name, input.Type, shape, new byte[count * input.Type.SizeOf()]);
    }
}
