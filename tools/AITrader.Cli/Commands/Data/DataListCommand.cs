using System.Globalization;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Formats.Coverage;
using AITrader.Hosting.Home;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

/// <summary><c>data list</c>: what lies in the folder of market data.</summary>
internal sealed class DataListCommand(HomeFolder home, ProgressDisplay bar, IAnsiConsole console) : AsyncCommand<DataSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, DataSettings settings, CancellationToken cancellationToken)
    {
        var folder = settings.FolderOf(home);
        var files = Directory.Exists(folder) ? DataScan.FilesOf([folder]) : [];
        if (files.Count == 0)
        {
            console.Say($"nothing lies in {folder}; `./aitrader data download` and `./aitrader data import` put market data there");
            return ExitCodes.Done;
        }

        var (scan, read) = await DataReading.ReadAsync(files, bar, cancellationToken);
        console.Write(TableOf(scan.Coverage.Series));
        var bad = read.Where(static file => file.Problem is not null).ToList();
        console.SayAll(bad.Select(static file => $"cannot be used: {file.Problem}"));
        console.Say($"the folder is {folder}");
        return bad.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static Table TableOf(IEnumerable<SeriesCoverage> series)
    {
        var table = PlainTable.With("symbol", "kind", "from (UTC)", "to (UTC)", "rows", "files", "size");
        foreach (var one in series)
        {
            table.AddRow(
                Markup.Escape(one.Symbol),
                one.Kind,
                DataText.Time(one.FirstMicros),
                DataText.Time(one.LastMicros),
                one.Rows.ToString("N0", CultureInfo.InvariantCulture),
                one.Files.ToString("N0", CultureInfo.InvariantCulture),
                DataText.Size(one.Bytes)
            );
        }

        return table;
    }
}
