using System.Xml.Linq;

namespace AITrader.Cli.Building;

/// <summary>Which projects a build goes through, read from the project files.</summary>
internal static class ProjectGraph
{
    /// <summary>The project and all that it references, as full paths.</summary>
    public static IReadOnlyCollection<string> From(string project)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([Path.GetFullPath(project)]);
        while (open.TryPop(out var next))
        {
            if (File.Exists(next) && found.Add(next))
            {
                foreach (var reference in ReferencesOf(next))
                {
                    open.Push(reference);
                }
            }
        }

        return found;
    }

    /// <summary>The projects of a solution and all that they reference.</summary>
    public static IReadOnlyCollection<string> FromSolution(string solution)
    {
        var folder = Path.GetDirectoryName(solution)!;
        var listed = File.ReadLines(solution)
            .Where(static line =>
                line.StartsWith("Project(", StringComparison.Ordinal) && line.Contains(".csproj", StringComparison.Ordinal)
            )
            .Select(line => Path.Combine(folder, line.Split('"')[5].Replace('\\', '/')));
        return [.. listed.SelectMany(From).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> ReferencesOf(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        return XDocument
            .Load(project)
            .Descendants("ProjectReference")
            .Select(static reference => reference.Attribute("Include")?.Value)
            .OfType<string>()
            .Select(include => Path.GetFullPath(include.Replace('\\', '/'), folder));
    }
}
