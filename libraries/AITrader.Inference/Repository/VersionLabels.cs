using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AITrader.Inference.Failures;

namespace AITrader.Inference.Repository;

/// <summary>Names of versions, and how requests are split between them. Immutable.</summary>
/// <param name="Labels">The version behind each label.</param>
/// <param name="Traffic">Share of the instruments by label, in percent; empty where there is no split.</param>
internal sealed record VersionLabels(IReadOnlyDictionary<string, int> Labels, IReadOnlyDictionary<string, double> Traffic)
{
    public const string Stable = "stable";

    private const double Whole = 100;
    private const double RoundingError = 1e-6;

    public static readonly VersionLabels None = new(new Dictionary<string, int>(), new Dictionary<string, double>());

    /// <summary>Joins what model.json says with what was changed since; what was changed wins.</summary>
    public static VersionLabels Of(ModelConfiguration configuration, LabelFile moved) =>
        new(moved.Labels ?? configuration.Labels ?? None.Labels, moved.Traffic ?? configuration.Traffic ?? None.Traffic);

    /// <summary>Makes sure that labels name served versions, and that the split names labels and adds up.</summary>
    /// <exception cref="ModelLoadException">They do not.</exception>
    public void Check(IEnumerable<int> served)
    {
        foreach (var (label, version) in Labels)
        {
            // A label that is a number could not be told from the version of that number.
            if (label.Length == 0 || label.All(char.IsAsciiDigit))
            {
                throw new ModelLoadException($"'{label}' cannot be a label: a label is a name");
            }

            if (!served.Contains(version))
            {
                throw new ModelLoadException($"label '{label}' names version {version}, which is not served");
            }
        }

        if (Traffic.Keys.FirstOrDefault(label => !Labels.ContainsKey(label)) is { } unknown)
        {
            throw new ModelLoadException($"traffic names label '{unknown}', which does not exist");
        }

        if (
            Traffic.Count > 0
            && (Traffic.Values.Any(static share => share is not >= 0) || Math.Abs(Traffic.Values.Sum() - Whole) > RoundingError)
        )
        {
            throw new ModelLoadException("traffic shares are percentages that add up to 100");
        }
    }

    /// <summary>The version that serves an instrument; null where there is no split.</summary>
    /// <remarks>
    /// The same on every runner and in every run: it follows from the names alone. Labels beside the stable one begin at zero, so that an
    /// instrument stays with the canary as its share grows.
    /// </remarks>
    public int? VersionFor(string model, string symbol)
    {
        var place = PlaceOf(model, symbol);
        foreach (
            var (label, share) in Traffic.OrderBy(static pair => pair.Key == Stable).ThenBy(static pair => pair.Key, StringComparer.Ordinal)
        )
        {
            place -= share;
            if (place < 0)
            {
                return Labels[label];
            }
        }

        // Only what rounding left over comes here.
        return Traffic.Count == 0 ? null
            : Labels.TryGetValue(Stable, out var stable) ? stable
            : null;
    }

    // Uniform in 0..100. The model's name is in it, so that two splits do not give the same instruments to both canaries.
    private static double PlaceOf(string model, string symbol)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{model}\n{symbol}"), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / (uint.MaxValue + 1.0) * Whole;
    }
}
