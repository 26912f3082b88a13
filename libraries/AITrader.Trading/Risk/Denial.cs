using System.Globalization;
using System.Text;

namespace AITrader.Trading.Risk;

/// <summary>Why an order was refused: a code and the figures it rests on.</summary>
/// <param name="Code">One of <see cref="DenialCodes"/>.</param>
/// <param name="Context">Names and values, in order.</param>
public sealed record Denial(string Code, IReadOnlyList<KeyValuePair<string, string>> Context)
{
    /// <summary>A denial from names and values in turn.</summary>
    public static Denial Of(string code, params ReadOnlySpan<(string Key, object? Value)> context)
    {
        var pairs = new KeyValuePair<string, string>[context.Length];
        for (var i = 0; i < context.Length; i++)
        {
            pairs[i] = new(context[i].Key, Text(context[i].Value));
        }

        return new Denial(code, pairs);
    }

    /// <summary>The code, then key=value for each figure, separated by spaces.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Code);
        foreach (var (key, value) in Context)
        {
            text.Append(' ').Append(key).Append('=').Append(value);
        }

        return text.ToString();
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "none",
            decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            TimeSpan span => span.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture) + "ms",
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };
}
