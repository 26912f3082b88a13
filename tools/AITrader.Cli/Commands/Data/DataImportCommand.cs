using System.Globalization;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Formats.Reading;
using AITrader.Hosting.Home;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

/// <summary><c>data import</c>: checks files and copies them into the folder of market data.</summary>
internal sealed class DataImportCommand(HomeFolder home, ProgressDisplay bar, IAnsiConsole console) : AsyncCommand<DataImportSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, DataImportSettings settings, CancellationToken cancellationToken)
    {
        var files = DataScan.FilesOf(settings.Files);
        var folder = await settings.CreateFolderAsync(home, cancellationToken);
        var refused = await bar.RunAsync("importing", files.Count, work =>
            Task.Run(() => Import(files, folder, settings, work, cancellationToken), cancellationToken)
        );
        console.Say(string.Create(CultureInfo.InvariantCulture, $"{files.Count - refused:N0} of {files.Count:N0} files are in {folder}"));
        return refused == 0 && files.Count > 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private int Import(
        IReadOnlyList<string> files,
        string folder,
        DataImportSettings settings,
        IProgressReport work,
        CancellationToken cancellationToken
    )
    {
        var refused = 0;
        foreach (var (number, path) in files.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var file = ImportedFile.Of(path, folder, settings.Symbol);
                console.SayAbove(file.Copy(settings.Overwrite) ? $"{path} is {file.Target}" : $"{path} is there already: {file.Target}");
            }
            catch (Exception problem) when (problem is MarketDataException or Refusal)
            {
                refused++;
                console.SayAbove($"refused: {problem.Message}");
            }

            work.Report(number + 1, path);
        }

        return refused;
    }
}
