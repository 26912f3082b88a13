using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AITrader.Cli.Repository;

namespace AITrader.Cli.Building;

/// <summary>Remembers from which files something was built, so that nothing is built again from the same ones.</summary>
internal sealed class BuildStamp(Installation installation)
{
    private static readonly string[] LeftOut = ["bin", "obj", "node_modules", "artifacts"];

    /// <summary>What a build of these projects depends on: names, sizes and times of all files in their folders, and of what all projects
    /// share.</summary>
    public string Of(IEnumerable<string> projects)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var shared = Directory
            .EnumerateFiles(installation.Root, "*", SearchOption.TopDirectoryOnly)
            .Where(static file =>
                Path.GetFileName(file) is var name
                && (
                    name.StartsWith("Directory.", StringComparison.Ordinal)
                    || name is "global.json" or ".editorconfig" or "BannedSymbols.txt" or "CodeMetricsConfig.txt"
                    || name.EndsWith(".sln", StringComparison.Ordinal)
                )
            );
        Span<byte> numbers = stackalloc byte[16];
        foreach (
            var file in projects
                .SelectMany(static project => FilesIn(new DirectoryInfo(Path.GetDirectoryName(project)!)))
                .Concat(shared.Select(static file => new FileInfo(file)))
        )
        {
            BinaryPrimitives.WriteInt64LittleEndian(numbers, file.Length);
            BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], file.LastWriteTimeUtc.Ticks);
            hash.AppendData(Encoding.UTF8.GetBytes(file.FullName));
            hash.AppendData(numbers);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public bool IsCurrent(string what, string stamp) => File.Exists(FileOf(what)) && File.ReadAllText(FileOf(what)) == stamp;

    public void Keep(string what, string stamp)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(what))!);
        File.WriteAllText(FileOf(what), stamp);
    }

    /// <summary>Deletes the stamp when a build begins: until the build is done, nothing counts as built.</summary>
    public void Forget(string what) => File.Delete(FileOf(what));

    private string FileOf(string what) => Path.Combine(installation.Artifacts, "stamps", $"{what}.txt");

    private static IEnumerable<FileInfo> FilesIn(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles().OrderBy(static file => file.Name, StringComparer.Ordinal))
        {
            yield return file;
        }

        foreach (
            var file in folder
                .EnumerateDirectories()
                .Where(static below => !LeftOut.Contains(below.Name))
                .OrderBy(static below => below.Name, StringComparer.Ordinal)
                .SelectMany(FilesIn)
        )
        {
            yield return file;
        }
    }
}
