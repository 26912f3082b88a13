using System.Globalization;

namespace AITrader.Backtesting.Search;

/// <summary>One option and the values that are tried for it, in the order in which they were written.</summary>
/// <param name="Name">Name of the option.</param>
/// <param name="Values">Values, as text.</param>
public sealed record ParameterAxis(string Name, IReadOnlyList<string> Values)
{
    private const int MaxValues = 10_000;

    /// <summary>Reads <c>fast=10</c>, <c>fast=5,10,20</c>, <c>fast=5..20</c> or <c>fast=5..20:5</c>.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? TryParse(string text, out ParameterAxis axis)
    {
        ArgumentNullException.ThrowIfNull(text);
        axis = new ParameterAxis(string.Empty, []);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == text.Length - 1)
        {
            return $"'{text}' is not NAME=VALUE, NAME=A,B,C, NAME=FROM..TO or NAME=FROM..TO:STEP";
        }

        var (name, values) = (text[..equals].Trim(), text[(equals + 1)..]);
        var problem = TryExpand(values, out var expanded);
        axis = new ParameterAxis(name, expanded);
        return problem is null ? null : $"{name}: {problem}";
    }

    private static string? TryExpand(string values, out string[] expanded)
    {
        expanded = values.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var dots = values.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
        {
            return expanded.Length > 0 ? null : "there is no value";
        }

        var colon = values.IndexOf(':', dots);
        var (fromText, toText) = (values[..dots], colon < 0 ? values[(dots + 2)..] : values[(dots + 2)..colon]);
        var stepText = colon < 0 ? "1" : values[(colon + 1)..];
        if (!TryNumber(fromText, out var from) || !TryNumber(toText, out var to) || !TryNumber(stepText, out var step))
        {
            return $"'{values}' is no range of numbers such as 5..20 or 0.5..2:0.25";
        }

        if (step <= 0m || to < from || (to - from) / step >= MaxValues)
        {
            return $"'{values}' must go up, by a step above 0, in at most {MaxValues} steps";
        }

        expanded =
        [
            .. Enumerable
                .Range(0, (int)decimal.Floor((to - from) / step) + 1)
                .Select(i => (from + (i * step)).ToString("0.############################", CultureInfo.InvariantCulture)),
        ];
        return null;
    }

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(
            text.Trim(),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out number
        );
}
