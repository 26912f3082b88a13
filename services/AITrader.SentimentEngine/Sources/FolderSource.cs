using System.Globalization;
using AITrader.SentimentEngine.Fetching;

namespace AITrader.SentimentEngine.Sources;

/// <summary>The report files of a folder and those below it: txt, md, html.</summary>
internal sealed class FolderSource(SourceSetting setting, int maxBytes) : ITextSource
{
    private static readonly string[] Extensions = [".txt", ".md", ".html", ".htm"];

    // A link may lead out of the folder.
    private static readonly EnumerationOptions Own = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
    };

    public SourceSetting Setting => setting;

    public async Task<SourceAnswer> ReadAsync(Validators? known, CancellationToken ct)
    {
        var folder = new DirectoryInfo(setting.Folder!);
        if (!folder.Exists)
        {
            return new SourceAnswer(null, null, $"the folder {folder.FullName} does not exist");
        }

        var files = folder
            .EnumerateFiles("*", Own)
            .Where(static file => Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
            .OrderBy(static file => file.FullName, StringComparer.Ordinal)
            .ToList();
        var state = new Validators(StateOf(files), null);
        return state == known ? new SourceAnswer(null, state) : new SourceAnswer(await ReadAllAsync(folder, files, ct), state);
    }

    private static string StateOf(List<FileInfo> files)
    {
        var hash = new HashCode();
        files.ForEach(file =>
        {
            hash.Add(file.FullName, StringComparer.Ordinal);
            hash.Add(file.LastWriteTimeUtc.Ticks);
            hash.Add(file.Length);
        });
        return hash.ToHashCode().ToString(CultureInfo.InvariantCulture);
    }

    private async Task<ReadResult> ReadAllAsync(DirectoryInfo folder, List<FileInfo> files, CancellationToken ct)
    {
        var (items, faults) = (new List<RawItem>(), new List<string>());
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(folder.FullName, file.FullName);
            try
            {
                if (file.Length > maxBytes)
                {
                    faults.Add($"{name} has {file.Length} bytes; {maxBytes} is the limit");
                    continue;
                }

                var content = await File.ReadAllBytesAsync(file.FullName, ct);
                items.Add(ReportFile.Read(name, content, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero)));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                faults.Add($"{name} cannot be read: {failure.Message}");
            }
        }

        return new ReadResult(items, faults);
    }
}
