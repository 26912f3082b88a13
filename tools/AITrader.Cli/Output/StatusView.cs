using System.Globalization;
using System.Text.Json;
using AITrader.Cli.Hosting;
using Spectre.Console;

namespace AITrader.Cli.Output;

/// <summary>Draws resources and how they are doing.</summary>
internal static class StatusView
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>The table of a system that runs.</summary>
    public static Table Of(SystemStatus status)
    {
        var table = Empty("resource", "condition", "pid", "restarts", "memory", "cpu", "address", "");
        table.Columns[3].RightAligned();
        table.Columns[4].RightAligned();
        table.Columns[5].RightAligned();
        foreach (var row in status.Resources)
        {
            table.AddRow(
                Text(row.Name), Word(row.Condition, row.State), Text(row.Pid?.ToString(CultureInfo.InvariantCulture)),
                Text(row.Restarts > 0 ? row.Restarts.ToString(CultureInfo.InvariantCulture) : null),
                Text(row.Usage.Processes > 0 ? Megabytes(row.Usage.MemoryBytes) : null), Text(row.Usage.Processes > 0 ? Share(row.Usage.Cores) : null),
                Text(string.Join(' ', row.Urls.Select(AddressOf))), Text(row.Problem));
        }

        return table;
    }

    /// <summary>The table of a system that starts.</summary>
    public static Table Of(IReadOnlyList<ResourceView> resources)
    {
        var table = Empty("resource", "condition", "address", "");
        foreach (var row in resources)
        {
            table.AddRow(Text(row.Name), Word(row.Condition, row.State), Text(string.Join(' ', row.Urls.Select(AddressOf))), Text(row.Problem));
        }

        return table;
    }

    /// <summary>What all processes take together.</summary>
    public static string Of(Usage usage) => string.Create(
        CultureInfo.InvariantCulture,
        $"{usage.Processes} processes, {Megabytes(usage.MemoryBytes)} memory (PSS), {Share(usage.Cores)} of one core over the last second");

    /// <summary>What the gateway tells of the trading.</summary>
    public static IEnumerable<string> LinesOf(JsonElement gateway)
    {
        var counts = gateway.GetProperty("counts");
        yield return $"{counts.GetProperty("ticks")} ticks, {counts.GetProperty("signals")} signals, {counts.GetProperty("decisions")} decisions, {counts.GetProperty("orders")} orders, {counts.GetProperty("fills")} fills";
        if (gateway.TryGetProperty("account", out var account) && account.ValueKind == JsonValueKind.Object)
        {
            yield return $"cash {account.GetProperty("cash")} {account.GetProperty("currency")}, equity {account.GetProperty("equity")}, realised {account.GetProperty("realised_pnl")}, unrealised {account.GetProperty("unrealised_pnl")}, fees {account.GetProperty("fees")}, trading {account.GetProperty("trading_state")}";
        }

        if (gateway.TryGetProperty("replay", out var replay) && replay.ValueKind == JsonValueKind.Object)
        {
            yield return $"replay: {string.Join(", ", ReplayView.Words(replay))}";
        }
    }

    internal static string Megabytes(long bytes) => (bytes / Mebibyte).ToString("0 'MiB'", CultureInfo.InvariantCulture);

    private static string Share(double cores) => cores.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string AddressOf(Uri url) => url.Scheme == "tcp" ? url.Authority : url.GetLeftPart(UriPartial.Authority);

    private static Table Empty(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Dim))) { NoWrap = column.Length > 0, Padding = new Padding(0, 0, 2, 0) });
        }

        return table;
    }

    private static Text Text(string? text) => new(text ?? string.Empty);

    private static Text Word(Condition condition, string state) => new(
        condition switch
        {
            Condition.Healthy when state == "Finished" => "done",
            Condition.Waiting => "not started",
            Condition.Starting => state.ToLowerInvariant(),
            _ => condition.ToString().ToLowerInvariant(),
        },
        new Style(condition switch
        {
            Condition.Healthy => Color.Green,
            Condition.Waiting => Color.Grey,
            Condition.Starting => Color.Yellow,
            _ => Color.Red,
        }));
}
