using System.Globalization;
using System.Text.Json;
using AITrader.Cli.Hosting;
using AITrader.Cli.Output;
using AITrader.Cli.Status;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AITrader.Cli.Views;

/// <summary>Makes tables of resources and their health.</summary>
internal static class StatusView
{
    private const double Mebibyte = 1024 * 1024;

    // Below this a row would be cut to pieces, so a narrow terminal gets fewer columns.
    private const int WideEnough = 120;

    /// <summary>The table of a system that runs.</summary>
    /// <param name="status">The system.</param>
    /// <param name="width">The width of the console in characters.</param>
    public static Table Of(SystemStatus status, int width)
    {
        var isWide = width >= WideEnough;
        var table = isWide
            ? PlainTable.With("resource", "condition", "pid", "restarts", "memory", "cpu", "address", " ")
            : PlainTable.With("resource", "condition", "memory", "address");
        foreach (var row in status.Resources)
        {
            table.AddRow(isWide ? Wide(row) : Narrow(row));
        }

        return table;
    }

    /// <summary>The table of a system that starts.</summary>
    public static Table Of(IReadOnlyList<ResourceView> resources)
    {
        var table = PlainTable.With("resource", "condition", "address");
        foreach (var row in resources)
        {
            table.AddRow(Text(row.Name), Word(row.Condition, row.State), Text(row.Problem.Length > 0 ? row.Problem : Addresses(row.Urls)));
        }

        return table;
    }

    private static IRenderable[] Wide(ResourceStatus row) =>
        [
            Text(row.Name),
            Word(row.Condition, row.State),
            Number(row.Pid?.ToString(CultureInfo.InvariantCulture)),
            Number(row.Restarts > 0 ? row.Restarts.ToString(CultureInfo.InvariantCulture) : null),
            Number(row.Usage.Processes > 0 ? Megabytes(row.Usage.MemoryBytes) : null),
            Number(row.Usage.Processes > 0 ? Share(row.Usage.Cores) : null),
            Text(Addresses(row.Urls)),
            Text(row.Problem),
        ];

    private static IRenderable[] Narrow(ResourceStatus row) =>
        [
            Text(row.Name),
            Word(row.Condition, row.State),
            Number(row.Usage.Processes > 0 ? Megabytes(row.Usage.MemoryBytes) : null),
            Text(row.Problem.Length > 0 ? row.Problem : Addresses(row.Urls)),
        ];

    /// <summary>The memory and processor time of all processes together, in words.</summary>
    public static string Of(Usage usage) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{usage.Processes} processes, {Megabytes(usage.MemoryBytes)} memory (PSS), {Share(usage.Cores)} of one core over the last second"
        );

    /// <summary>The lines on trading from the gateway's status.</summary>
    public static IEnumerable<string> LinesOf(JsonElement gateway)
    {
        foreach (var trouble in gateway.TryGetProperty("troubles", out var troubles) ? troubles.EnumerateArray() : [])
        {
            yield return $"not known now: {trouble}";
        }

        if (gateway.TryGetProperty("counts", out var counts) && counts.ValueKind == JsonValueKind.Object)
        {
            yield return $"{counts.GetProperty("ticks")} ticks, {counts.GetProperty("signals")} signals, {counts.GetProperty("decisions")} decisions, {counts.GetProperty("orders")} orders, {counts.GetProperty("fills")} fills";
        }

        if (gateway.TryGetProperty("account", out var account) && account.ValueKind == JsonValueKind.Object)
        {
            yield return $"run {account.GetProperty("run")}: cash {account.GetProperty("cash")} {account.GetProperty("currency")}, equity {account.GetProperty("equity")}, realised {account.GetProperty("realised_pnl")}, unrealised {account.GetProperty("unrealised_pnl")}, fees {account.GetProperty("fees")}, trading {account.GetProperty("trading_state")}";
        }

        if (gateway.TryGetProperty("replay", out var replay) && replay.ValueKind == JsonValueKind.Object)
        {
            yield return $"replay: {string.Join(", ", ReplayView.Words(replay))}";
        }
    }

    internal static string Megabytes(long bytes) => (bytes / Mebibyte).ToString("0 'MiB'", CultureInfo.InvariantCulture);

    private static string Share(double cores) => cores.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string AddressOf(Uri url) => url.Scheme == "tcp" ? url.Authority : url.GetLeftPart(UriPartial.Authority);

    private static string Addresses(IReadOnlyList<Uri> urls) => string.Join(' ', urls.Select(AddressOf));

    private static Text Text(string? text) => new(text ?? string.Empty);

    private static Text Number(string? text) => new Text(text ?? string.Empty).RightJustified();

    private static Text Word(Condition condition, string state) =>
        new(
            condition switch
            {
                Condition.Healthy when state == "Finished" => "done",
                Condition.Waiting => "not started",
                Condition.Starting => state.ToLowerInvariant(),
                _ => condition.ToString().ToLowerInvariant(),
            },
            new Style(
                condition switch
                {
                    Condition.Healthy => Color.Green,
                    Condition.Waiting => Color.Grey,
                    Condition.Starting => Color.Yellow,
                    _ => Color.Red,
                }
            )
        );
}
