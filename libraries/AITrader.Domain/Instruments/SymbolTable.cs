namespace AITrader.Domain.Instruments;

/// <summary>Symbols by small index, so that ticks carry an int and states lie in an array. For one thread at a time.</summary>
public sealed class SymbolTable
{
    /// <summary>Longest symbol.</summary>
    public const int MaxLength = 64;

    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    /// <summary>Number of symbols known.</summary>
    public int Count => _names.Count;

    /// <summary>Symbols in the order of first sight.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The symbol's name.</summary>
    public string this[int index] => _names[index];

    /// <summary>Whether a text is a symbol that keys and CSV can carry: of 1 to <see cref="MaxLength"/> letters and digits of ASCII, or
    /// <c>: _ - . / &amp;</c> and space.</summary>
    public static bool IsSymbol(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAscii(letter) || !IsAllowed((byte)letter))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= MaxLength;
    }

    /// <summary>Index of a symbol, given on first sight.</summary>
    public int Intern(string symbol)
    {
        if (!_indices.TryGetValue(symbol, out var index))
        {
            index = Add(symbol);
        }

        return index;
    }

    /// <summary>Index of a symbol in ASCII; allocates on first sight only.</summary>
    /// <returns><see langword="false"/> when the text is no symbol: empty, too long, or with characters that keys and CSV cannot
    /// carry.</returns>
    public bool TryIntern(ReadOnlySpan<byte> symbol, out int index)
    {
        index = -1;
        if (symbol.IsEmpty || symbol.Length > MaxLength)
        {
            return false;
        }

        Span<char> text = stackalloc char[MaxLength];
        for (var i = 0; i < symbol.Length; i++)
        {
            if (!IsAllowed(symbol[i]))
            {
                return false;
            }

            text[i] = (char)symbol[i];
        }

        text = text[..symbol.Length];
        if (!_indices.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out index))
        {
            index = Add(text.ToString());
        }

        return true;
    }

    private static bool IsAllowed(byte c) => char.IsAsciiLetterOrDigit((char)c) || " :_-./&".Contains((char)c, StringComparison.Ordinal);

    private int Add(string symbol)
    {
        var index = _names.Count;
        _names.Add(symbol);
        _indices.Add(symbol, index);
        return index;
    }
}
