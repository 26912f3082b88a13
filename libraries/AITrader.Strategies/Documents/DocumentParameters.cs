using System.Globalization;
using System.Text.Json;
using AITrader.Strategies.Options;

namespace AITrader.Strategies.Documents;

/// <summary>The numbers of a document that can be set from outside; its text names them with a dollar sign.</summary>
internal sealed class DocumentParameters
{
    private readonly Dictionary<string, double> _values = new(StringComparer.OrdinalIgnoreCase);

    internal DocumentParameters(JsonNodeReader? node)
    {
        foreach (var (name, value) in node?.Members() ?? [])
        {
            _values[name] =
                value.Value.ValueKind == JsonValueKind.Number ? value.Value.GetDouble() : throw value.Failure("must be a number");
        }
    }

    internal IReadOnlyList<StrategyOption> Options =>
        [
            .. _values.Select(static pair => new StrategyOption(
                pair.Key,
                typeof(double),
                pair.Value.ToString(CultureInfo.InvariantCulture),
                string.Empty,
                string.Empty
            )),
        ];

    /// <summary>Sets a parameter.</summary>
    /// <returns>What is wrong; null where it was set.</returns>
    internal string? TrySet(string name, string value)
    {
        if (!_values.ContainsKey(name))
        {
            return $"the document has no parameter '{name}'; it has {string.Join(", ", _values.Keys)}";
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return $"{name}: '{value}' is no number";
        }

        _values[name] = number;
        return null;
    }

    /// <summary>A number, or the name of a parameter with a dollar sign.</summary>
    internal double Number(JsonNodeReader node)
    {
        if (node.Value.ValueKind == JsonValueKind.Number)
        {
            return node.Value.GetDouble();
        }

        var text = node.Text();
        return text.StartsWith('$') && _values.TryGetValue(text[1..], out var value)
            ? value
            : throw node.Failure(
                $"'{text}' is neither a number nor a parameter; parameters are {string.Join(", ", _values.Keys.Select(static key => $"${key}"))}"
            );
    }

    internal int Count(JsonNodeReader node) =>
        Number(node) is >= 1 and <= 1_000_000 and var number && number == Math.Floor(number)
            ? (int)number
            : throw node.Failure("must be a whole number from 1");
}
