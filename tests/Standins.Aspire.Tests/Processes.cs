using System.Diagnostics;
using System.Globalization;

namespace Standins.Aspire.Tests;

/// <summary>What /proc knows.</summary>
internal static class Processes
{
    /// <summary>All descendants, read at once: a parent that ends hands its children to init and would hide them from a later walk.</summary>
    public static List<int> Descendants(int root)
    {
        var parents = Process.GetProcesses().Select(p => (p.Id, Parent: ParentOf(p.Id))).ToList();
        var found = new List<int> { root };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(parents.Where(p => p.Parent == found[i]).Select(p => p.Id));
        }

        return found[1..];
    }

    public static bool IsAlive(int pid) => Stat(pid) is { Length: > 0 } stat && !stat.StartsWith('Z');

    public static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    /// <summary>Waits until none of them is there.</summary>
    public static async Task GoneAsync(IReadOnlyCollection<int> processes, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (processes.Any(IsAlive) && waited.Elapsed < TimeSpan.FromSeconds(15))
        {
            await Task.Delay(50, cancellationToken);
        }

        Assert.DoesNotContain(processes, IsAlive);
    }

    private static int ParentOf(int pid) =>
        Stat(pid).Split(' ') is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    // "pid (name) state ppid …"; the name may hold anything, so the fields are counted from its closing bracket.
    private static string Stat(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..];
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
