using System.Globalization;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Formats.Reading;
using AITrader.Hosting.Home;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

/// <summary><c>data check</c>: what files hold, what is wrong with them and what is missing.</summary>
internal sealed class DataCheckCommand(HomeFolder home, ProgressDisplay bar, IAnsiConsole console) : AsyncCommand<DataCheckSettings>
{
    private const int SymbolsShown = 5;

    public override async Task<int> ExecuteAsync(CommandContext context, DataCheckSettings settings, CancellationToken cancellationToken)
    {
        var files = DataScan.FilesOf(settings.Files.Length > 0 ? settings.Files : [settings.FolderOf(home)]);
        if (files.Count == 0)
        {
            throw new Refusal($"there is no file in {string.Join(", ", settings.Files)}");
        }

        var (scan, read) = await DataReading.ReadAsync(files, bar, cancellationToken);
        console.SayAll(read.Select(LineOf));
        console.SayAll(scan.Coverage.Series.SelectMany(series => MissingView.Lines(series, settings.CalendarOf(series.Symbol))));
        var bad = read.Count(static file => file.Problem is not null);
        console.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{read.Count - bad:N0} {(read.Count - bad == 1 ? "file is" : "files are")} good, {bad:N0} cannot be used"
            )
        );
        return bad == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string LineOf(ScannedFile file) =>
        file.Summary is { } held ? $"{file.Path}: {Of(held)}" : $"cannot be used: {file.Problem}";

    private static string Of(FileSummary held)
    {
        var more =
            held.Symbols.Count > SymbolsShown
                ? string.Create(CultureInfo.InvariantCulture, $" and {held.Symbols.Count - SymbolsShown} more")
                : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{held.Count:N0} {held.Items} of {string.Join(' ', held.Symbols.Take(SymbolsShown))}{more} ({held.Source}), {DataText.Time(held.FirstMicros)} to {DataText.Time(held.LastMicros)}{(held.Skipped is { } skipped ? $", skipped {skipped}" : "")}"
        );
    }
}
