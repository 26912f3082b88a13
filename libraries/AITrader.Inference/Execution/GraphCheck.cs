using AITrader.Inference.Tensors;

namespace AITrader.Inference.Execution;

/// <summary>A CUDA graph cannot be captured, or computes something else than the model; the message says what.</summary>
internal sealed class GraphRefusedException(ExecutionProvider provider, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExecutionProvider Provider => provider;
}

/// <summary>Sees whether a captured CUDA graph computes what it is given.</summary>
/// <remarks>A graph reads the addresses of its first run for ever: where an input is bound elsewhere, every request gets the answer to the
/// first one (microsoft/onnxruntime issue 20050). It is tried on the machine that serves, before the first request.</remarks>
internal static class GraphCheck
{
    private const int Seed = 1;

    /// <summary>Runs two inputs in turn; returns what is wrong, null where nothing is.</summary>
    /// <param name="signature">Of fixed sizes.</param>
    /// <param name="run">Runs the model.</param>
    public static string? Find(ModelSignature signature, Func<Tensor[], Tensor[]> run)
    {
        var random = new Random(Seed);
        var (one, other) = (Draw(signature, random), Draw(signature, random));
        var (first, second, again) = (run(one), run(other), run(one));
        return !AreSame(first, again) ? "the same input has two answers"
            : AreSame(first, second) ? "two inputs have the same answer"
            : null;
    }

    // Only what is a real number varies: a whole number may be a place that the model does not have.
    private static Tensor[] Draw(ModelSignature signature, Random random) =>
        [
            .. signature.Inputs.Select(input =>
            {
                var shape = AcceleratorSettings.SizesOf(input);
                var raw = new byte[Tensor.CountOf(shape)!.Value * input.Type.SizeOf()];
                Fill(input.Type, raw, random);
                return Tensor.OfRaw(input.Name, input.Type, shape, raw);
            }),
        ];

    private static void Fill(TensorType type, byte[] raw, Random random)
    {
        var size = type.SizeOf();
        for (var i = 0; type is TensorType.Fp16 or TensorType.Fp32 or TensorType.Fp64 && i < raw.Length; i += size)
        {
            var value = random.NextDouble();
            _ = type switch
            {
                TensorType.Fp16 => BitConverter.TryWriteBytes(raw.AsSpan(i), (Half)value),
                TensorType.Fp32 => BitConverter.TryWriteBytes(raw.AsSpan(i), (float)value),
                _ => BitConverter.TryWriteBytes(raw.AsSpan(i), value),
            };
        }
    }

    private static bool AreSame(Tensor[] one, Tensor[] other) =>
        one.Zip(other).All(static pair => pair.First.Raw.AsSpan().SequenceEqual(pair.Second.Raw));
}
