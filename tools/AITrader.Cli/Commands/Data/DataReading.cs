using System.Globalization;
using AITrader.Cli.Output;

namespace AITrader.Cli.Commands.Data;

/// <summary>Reads many files while progress is shown.</summary>
internal static class DataReading
{
    public static Task<(DataScan Scan, List<ScannedFile> Files)> ReadAsync(
        IReadOnlyList<string> files,
        ProgressDisplay bar,
        CancellationToken cancellationToken
    ) => bar.RunAsync("reading", files.Count, work => Task.Run(() => Read(files, work, cancellationToken), cancellationToken));

    private static (DataScan Scan, List<ScannedFile> Files) Read(
        IReadOnlyList<string> files,
        IProgressReport work,
        CancellationToken cancellationToken
    )
    {
        var (scan, read) = (new DataScan(), new List<ScannedFile>());
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read.Add(scan.Read(file));
            work.Report(read.Count, string.Create(CultureInfo.InvariantCulture, $"{read.Count:N0} of {files.Count:N0} files"));
        }

        return (scan, read);
    }
}
