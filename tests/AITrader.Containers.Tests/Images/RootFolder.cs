using System.Formats.Tar;
using System.Text.RegularExpressions;
using AITrader.Containers.Tests.Engine;

namespace AITrader.Containers.Tests.Images;

/// <summary>The root folder of an image that is made of this machine's own files: where no registry has any, they are what a distribution's
/// packages brought.</summary>
internal sealed partial class RootFolder
{
    private const UnixFileMode Folder = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Program = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Document = (UnixFileMode)0b110_100_100;
    private const UnixFileMode Shared = (UnixFileMode)0b1_111_111_111;

    // The same files are the same image.
    private static readonly DateTimeOffset Made = DateTimeOffset.UnixEpoch;

    private readonly SortedDictionary<string, Func<string, TarEntry>> _entries = new(StringComparer.Ordinal);

    public RootFolder()
    {
        // Debian's programs know both places.
        foreach (var name in new[] { "bin", "sbin", "lib", "lib64" })
        {
            AddFolder($"/usr/{name}");
            AddLink($"/{name}", $"usr/{name}");
        }

        AddFolder("/tmp", mode: Shared);
    }

    public RootFolder AddFolder(string path, int owner = 0, UnixFileMode mode = Folder) => Add(path, entry => new PaxTarEntry(
            TarEntryType.Directory,
            entry
        )
        {
            Mode = mode,
            Uid = owner,
            Gid = owner,
        });

    public RootFolder AddLink(string path, string target) =>
        Add(path, entry => new PaxTarEntry(TarEntryType.SymbolicLink, entry) { LinkName = target });

    public RootFolder AddText(string path, string text, UnixFileMode mode = Document) =>
        Add(path, entry => new PaxTarEntry(TarEntryType.RegularFile, entry)
        {
            Mode = mode,
            DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)),
        });

    public RootFolder AddScript(string path, string text) => AddText(path, text, Program);

    /// <summary>A file of this machine at the same place.</summary>
    public RootFolder AddFile(string path) =>
        Add(path, entry => new PaxTarEntry(TarEntryType.RegularFile, entry) { Mode = ModeOf(path), DataStream = File.OpenRead(path) });

    /// <summary>A folder of this machine with all that is in it, at the same place.</summary>
    public RootFolder AddTree(string path)
    {
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            AddFile(file);
        }

        return this;
    }

    /// <summary>Programs or libraries of this machine, and the libraries that they name.</summary>
    public async Task AddProgramsAsync(params IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            AddFile(path);
            foreach (Match library in Library().Matches((await Commands.TryAsync("ldd", path)).Output))
            {
                AddFile(library.Groups["path"].Value);
            }
        }
    }

    public async Task WriteAsync(Stream tar)
    {
        await using var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var (path, make) in _entries)
        {
            var entry = make(path);
            entry.ModificationTime = Made;
            await writer.WriteEntryAsync(entry);
            await (entry.DataStream?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private RootFolder Add(string path, Func<string, TarEntry> make)
    {
        // /lib is /usr/lib on a Debian of today, and a link here.
        var place = Merged().Replace(path, "/usr/$0", count: 1).Replace("//", "/", StringComparison.Ordinal).TrimStart('/');
        _entries[place] = make;

        // Folders that an archive does not name are made for root alone by older engines.
        for (var end = place.LastIndexOf('/'); end > 0; end = place.LastIndexOf('/', end - 1))
        {
            _entries.TryAdd(place[..end], static entry => new PaxTarEntry(TarEntryType.Directory, entry) { Mode = Folder });
        }

        return this;
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? Program : File.GetUnixFileMode(path);

    [GeneratedRegex(@"(?<path>/\S+) \(0x")]
    private static partial Regex Library();

    [GeneratedRegex("^/(bin|sbin|lib|lib64)/")]
    private static partial Regex Merged();
}
