using System.Globalization;
using System.Text.Json;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Prints runs as text. What is undefined is a dash.</summary>
internal static class RunView
{
    private const string None = "–";

    private static readonly string[] Columns = ["id", "kind", "state", "source", "started_at", "fills", "equity", "currency"];

    /// <summary>The run of a row; rows of the live one name none.</summary>
    public static string NameOf(JsonElement row) => row.GetProperty("run").GetString() is { Length: > 0 } name ? name : "live";

    /// <summary>Runs, one a row.</summary>
    public static Table Table(JsonElement page)
    {
        var table = PlainTable.With(Columns);
        foreach (var run in page.GetProperty("items").EnumerateArray())
        {
            table.AddRow([.. Columns.Select(name => new Text(Value(run.GetProperty(name))))]);
        }

        return table;
    }

    /// <summary>All lines on a run.</summary>
    public static IEnumerable<string> Lines(JsonElement answer)
    {
        var (run, account, numbers) = (answer.GetProperty("run"), answer.GetProperty("account"), answer.GetProperty("statistics"));
        var source = Text(run, "source") is { Length: > 0 } known ? $", of {known}" : string.Empty;
        var speed = Text(run, "speed") is { Length: > 0 } factor ? $" at speed {factor}" : string.Empty;
        yield return $"{Text(run, "id")}: {Text(run, "kind")}, {Text(run, "state")}{source}{speed}";
        yield return $"    from {Text(run, "started_at")} to {Value(run.GetProperty("finished_at"))}";
        if (Text(run, "note") is { Length: > 0 } note)
        {
            yield return $"    {note}";
        }

        yield return account.ValueKind == JsonValueKind.Null
            ? "    no account yet: it has not traded"
            : $"    cash {account.GetProperty("cash")} {Text(account, "currency")} of {account.GetProperty("initial_cash")}, equity {account.GetProperty("equity")}, realised {account.GetProperty("realised_pnl")}, unrealised {account.GetProperty("unrealised_pnl")}, fees {account.GetProperty("fees")}, trading {Text(account, "trading_state")}";
        foreach (var number in numbers.ValueKind == JsonValueKind.Object ? numbers.EnumerateObject() : default)
        {
            yield return $"    {WordsOf(number.Name), -28}{Value(number.Value)}";
        }

        foreach (var part in answer.GetProperty("setup").EnumerateObject())
        {
            yield return $"    {part.Name}: {part.Value.GetRawText()}";
        }
    }

    /// <summary>Values of several runs, a run a column.</summary>
    public static Table Compared(JsonElement answer, string part)
    {
        string[] runs = [.. answer.GetProperty("runs").EnumerateArray().Select(static run => Text(run, "id")!)];
        var table = PlainTable.With([" ", .. runs]);
        foreach (var row in answer.GetProperty(part).EnumerateArray())
        {
            table.AddRow([
                new Text(WordsOf(Text(row, "name")!)),
                .. row.GetProperty("values").EnumerateArray().Select(static value => new Text(Value(value))),
            ]);
        }

        return table;
    }

    private static string WordsOf(string name) => name.Replace('_', ' ');

    private static string? Text(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    // Money has all its decimals; ratios come with sixteen, of which nobody reads more than six.
    private static string Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => None,
            JsonValueKind.Number when value.TryGetDecimal(out var number) => number.ToString("0.######", CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
}
