using System.Globalization;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Venues.Downloads;
using Spectre.Console;

namespace AITrader.Cli.Commands.Data;

/// <summary>Shows a download, and says in the end what came of it.</summary>
internal sealed class DownloadDisplay(ProgressDisplay bar, IAnsiConsole console)
{
    /// <summary>Runs a download of some days.</summary>
    /// <returns>The exit code: not done where a file could not be had.</returns>
    public async Task<int> RunAsync(
        string title,
        DateOnly from,
        DateOnly to,
        Func<IProgress<(DownloadResult Result, DateOnly Until)>, Task<IReadOnlyList<DownloadResult>>> download
    )
    {
        var results = await bar.RunAsync(title, to.DayNumber - from.DayNumber, work => download(new Progress(work, from)));
        foreach (var result in results.Where(static result => result.Reason is not null))
        {
            console.Say($"    {result.Name}: {result.Reason}");
        }

        if (Names(results, DownloadState.Absent) is { Count: > 0 } absent)
        {
            console.Say($"    the venue has nothing of {string.Join(", ", absent)}");
        }

        var bars = results.Sum(static result => result.Rows);
        console.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Names(results, DownloadState.Fetched).Count:N0} files fetched with {bars:N0} bars, {Names(results, DownloadState.Present).Count:N0} were there, {Names(results, DownloadState.Absent).Count:N0} are missing at the venue, {Names(results, DownloadState.Failed).Count:N0} failed"
            )
        );
        return Names(results, DownloadState.Failed).Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static List<string> Names(IReadOnlyList<DownloadResult> results, DownloadState state) =>
        [.. results.Where(result => result.State == state).Select(static result => result.Name)];

    private sealed class Progress(IProgressReport work, DateOnly from) : IProgress<(DownloadResult Result, DateOnly Until)>
    {
        public void Report((DownloadResult Result, DateOnly Until) value) =>
            work.Report(value.Until.DayNumber - from.DayNumber, value.Result.Name);
    }
}
