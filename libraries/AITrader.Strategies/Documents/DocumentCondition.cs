using System.Text.Json;

namespace AITrader.Strategies.Documents;

/// <summary>Makes conditions of a document's nodes.</summary>
internal static class DocumentCondition
{
    private static readonly string[] Kinds = ["all", "any", "not", "greater", "less", "crossesAbove", "crossesBelow"];

    /// <summary>The condition of a node.</summary>
    /// <exception cref="Loading.StrategyLoadException">The node is no condition, or names a series that is not there.</exception>
    internal static Func<bool> Of(JsonNodeReader node, DocumentBars bars, DocumentParameters parameters)
    {
        var (kind, inner) = node.Only(Kinds);
        return kind switch
        {
            "all" => All(inner, bars, parameters),
            "any" => Any(inner, bars, parameters),
            "not" => Not(Of(inner, bars, parameters)),
            _ => Compare(kind, inner, bars, parameters),
        };
    }

    private static Func<bool> All(JsonNodeReader node, DocumentBars bars, DocumentParameters parameters)
    {
        var conditions = Conditions(node, bars, parameters);
        return () => Array.TrueForAll(conditions, static condition => condition());
    }

    private static Func<bool> Any(JsonNodeReader node, DocumentBars bars, DocumentParameters parameters)
    {
        var conditions = Conditions(node, bars, parameters);
        return () => Array.Exists(conditions, static condition => condition());
    }

    private static Func<bool> Not(Func<bool> condition) => () => !condition();

    private static Func<bool>[] Conditions(JsonNodeReader node, DocumentBars bars, DocumentParameters parameters) =>
        node.Items() is { Count: > 0 } items
            ? [.. items.Select(item => Of(item, bars, parameters))]
            : throw node.Failure("must hold a condition");

    private static Func<bool> Compare(string kind, JsonNodeReader node, DocumentBars bars, DocumentParameters parameters)
    {
        if (node.Items() is not [var left, var right])
        {
            throw node.Failure("must hold two: names of series, numbers or parameters");
        }

        var (a, b) = (OperandOf(left, bars, parameters), OperandOf(right, bars, parameters));

        // Not a number is neither above nor below: no comparison with it holds.
        return kind switch
        {
            "greater" => () => a.Now() > b.Now(),
            "less" => () => a.Now() < b.Now(),
            "crossesAbove" => () => a.Before() <= b.Before() && a.Now() > b.Now(),
            _ => () => a.Before() >= b.Before() && a.Now() < b.Now(),
        };
    }

    private static (Func<double> Now, Func<double> Before) OperandOf(JsonNodeReader node, DocumentBars bars, DocumentParameters parameters)
    {
        if (node.Value.ValueKind == JsonValueKind.String && node.Text() is var name && !name.StartsWith('$'))
        {
            return bars.Has(name)
                ? (() => bars.Now(name), () => bars.Before(name))
                : throw node.Failure($"there is no series '{name}'; there are {string.Join(", ", bars.Names)}");
        }

        var number = parameters.Number(node);
        return (() => number, () => number);
    }
}
