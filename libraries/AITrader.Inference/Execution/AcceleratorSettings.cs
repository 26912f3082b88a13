using System.Globalization;
using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Execution;

/// <summary>Sizes between which a varying input may lie.</summary>
internal sealed record ShapeProfile
{
    /// <summary>The smallest shape.</summary>
    public long[] Min { get; set; } = [];

    /// <summary>The shape for which an engine is made to be fastest.</summary>
    public long[] Opt { get; set; } = [];

    /// <summary>The largest shape.</summary>
    public long[] Max { get; set; } = [];

    public bool IsOrdered =>
        Min.Length > 0
        && Min.Length == Opt.Length
        && Opt.Length == Max.Length
        && Enumerable.Range(0, Min.Length).All(i => Min[i] >= 1 && Min[i] <= Opt[i] && Opt[i] <= Max[i]);
}

/// <summary>What a model asks of an accelerator.</summary>
/// <param name="Profiles">The sizes of varying inputs, by input.</param>
/// <param name="IsHalfPrecision">Whether TensorRT may compute in 16 bits.</param>
internal sealed record AcceleratorSettings(IReadOnlyDictionary<string, ShapeProfile> Profiles, bool IsHalfPrecision)
{
    /// <summary>Whether runs are captured once as a CUDA graph and then replayed: only of fixed sizes.</summary>
    public bool IsGraph { get; init; }

    public static readonly AcceleratorSettings None = new(new Dictionary<string, ShapeProfile>(), IsHalfPrecision: false);

    public string PrecisionText => IsHalfPrecision ? "fp16" : "fp32";

    /// <summary>A varying input without a profile: TensorRT would build an engine within a request for it. Null where there is
    /// none.</summary>
    public string? FirstWithoutProfile(ModelSignature signature) =>
        signature
            .Inputs.FirstOrDefault(input => Array.Exists(input.Shape, static size => size < 0) && !Profiles.ContainsKey(input.Name))
            ?.Name;

    /// <summary>One bound of all profiles as TensorRT's options have it, e.g. <c>prices:1x16,volumes:1x16</c>.</summary>
    public string Text(Func<ShapeProfile, long[]> bound) =>
        string.Join(
            ',',
            Profiles
                .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
                .Select(pair =>
                    $"{pair.Key}:{string.Join('x', bound(pair.Value).Select(static size => size.ToString(CultureInfo.InvariantCulture)))}"
                )
        );

    /// <summary>Narrows the inputs of a model to what the profiles allow.</summary>
    /// <exception cref="ModelLoadException">A profile does not fit the model.</exception>
    public ModelSignature ApplyTo(ModelSignature signature)
    {
        if (Profiles.Keys.FirstOrDefault(name => SignatureReader.IndexOf(signature.Inputs, name) < 0) is { } unknown)
        {
            throw new ModelLoadException($"profile names input '{unknown}', which the model does not have");
        }

        var narrowed = signature with { Inputs = [.. signature.Inputs.Select(Narrow)] };
        return IsGraph && FirstVarying(narrowed) is { } varying
            ? throw new ModelLoadException($"cuda_graph takes fixed sizes and numbers only: {varying}")
            : narrowed;
    }

    /// <summary>Sizes of an input of which a profile leaves no choice.</summary>
    public static long[] SizesOf(TensorSpec input) => input.Range is var (min, _) ? min : input.Shape;

    private static string? FirstVarying(ModelSignature signature)
    {
        var sizes = signature.Inputs.FirstOrDefault(static input =>
            input.Type == TensorType.Bytes
            || (input.Range is var (min, max) ? !min.AsSpan().SequenceEqual(max) : Array.Exists(input.Shape, static size => size < 0))
        );
        if (sizes is not null)
        {
            return $"input '{sizes.Name}' is {sizes.Type.NameOf()} {sizes.ShapeText}; a profile whose min, opt and max are one shape fixes it";
        }

        // The size of an output is fixed where it is that of an input.
        var symbols = signature.Inputs.SelectMany(static input => input.Symbols).ToHashSet(StringComparer.Ordinal);
        var output = signature.Outputs.FirstOrDefault(output =>
            output.Type == TensorType.Bytes
            || output
                .Shape.Index()
                .Any(size => size.Item < 0 && (output.Symbols[size.Index].Length == 0 || !symbols.Contains(output.Symbols[size.Index])))
        );
        return output is null ? null : $"output '{output.Name}' is {output.Type.NameOf()} {output.ShapeText}";
    }

    private TensorSpec Narrow(TensorSpec input)
    {
        if (!Profiles.TryGetValue(input.Name, out var profile))
        {
            return input;
        }

        var fits = profile.IsOrdered && profile.Min.Length == input.Shape.Length;
        for (var i = 0; fits && i < input.Shape.Length; i++)
        {
            fits = input.Shape[i] < 0 || (profile.Min[i] == input.Shape[i] && profile.Max[i] == input.Shape[i]);
        }

        return fits
            ? input with
            {
                Range = (profile.Min, profile.Max),
            }
            : throw new ModelLoadException($"profile of '{input.Name}' needs min <= opt <= max, each a shape like {input.ShapeText}");
    }
}
