using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AITrader.Formats.Reading;

/// <summary>Symbols outside of ASCII, which keys and CSV cannot carry: what is told of them is skipped, counted and named, and costs no
/// other symbol.</summary>
public sealed class SkippedSymbols
{
    private const int MaxNames = 20;

    private readonly List<string> _names = [];

    /// <summary>Rows that were skipped.</summary>
    public long Rows { get; private set; }

    /// <summary>Whose they are, in the order of first sight; the first twenty.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Rows} {(Rows == 1 ? "row" : "rows")} of {string.Join(' ', _names)}");

    /// <summary>Whether a name as JSON has it lies outside of ASCII, written out or as an escape.</summary>
    internal static bool IsForeign(ReadOnlySpan<byte> name) =>
        name.IndexOfAnyInRange((byte)0x80, byte.MaxValue) >= 0 || name.Contains((byte)'\\');

    /// <summary>The name as it is spelled; as JSON has it where that makes no sense.</summary>
    internal static string NameOf(ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name);
        try
        {
            return JsonDocument.Parse($"\"{text}\"").RootElement.GetString()!;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    internal void Add(ReadOnlySpan<byte> name)
    {
        Rows++;
        if (_names.Count < MaxNames && NameOf(name) is var spelled && !_names.Contains(spelled, StringComparer.Ordinal))
        {
            _names.Add(spelled);
        }
    }
}
