using System.Globalization;
using System.Text.RegularExpressions;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using Spectre.Console;

namespace AITrader.Cli.Building;

/// <summary>Builds projects with <c>dotnet build</c> and shows how many are done.</summary>
internal sealed partial class Builder(Installation installation, BuildStamp stamps, ProgressDisplay bar, IAnsiConsole console)
{
    private const int ErrorsShown = 20;
    private const string LockFileDiffers = "NU1004";

    /// <summary>Builds a project or the solution, unless it was built from these very files.</summary>
    /// <param name="target">Path below the root.</param>
    /// <param name="what">The target's name in messages.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="Refusal">It failed; the text has the errors.</exception>
    public async Task BuildAsync(string target, string what, CancellationToken cancellationToken)
    {
        var path = installation.In(target);
        var isSolution = target.EndsWith(".sln", StringComparison.Ordinal);
        var projects = isSolution ? ProjectGraph.FromSolution(path) : ProjectGraph.From(path);
        var (name, stamp) = (Path.GetFileNameWithoutExtension(target), stamps.Of(projects));
        var isCurrent = stamps.IsCurrent(name, stamp) || (!isSolution && IsSolutionCurrent());
        if (isCurrent && projects.Select(static project => Path.GetFileNameWithoutExtension(project)).All(IsBuilt))
        {
            console.Say($"{what}: built already");
            return;
        }

        stamps.Forget(name);
        var failure = await bar.RunAsync(
            string.Create(CultureInfo.InvariantCulture, $"building {what} ({projects.Count} projects)"),
            projects.Count,
            work => RunAsync(path, projects.Count, work, cancellationToken)
        );
        if (failure is not null)
        {
            throw new Refusal(failure);
        }

        stamps.Keep(name, stamp);
    }

    // A build of the whole solution, such as the tests need, has built every project.
    private bool IsSolutionCurrent() =>
        stamps.IsCurrent(
            Path.GetFileNameWithoutExtension(Installation.Solution),
            stamps.Of(ProjectGraph.FromSolution(installation.In(Installation.Solution)))
        );

    private bool IsBuilt(string project) => File.Exists(installation.ProgramOf(project));

    private async Task<string?> RunAsync(string path, int total, IProgressReport work, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(installation.Artifacts);
        var log = Path.Combine(installation.Artifacts, "build.log");
        await using var file = new StreamWriter(log);
        var (done, errors) = (0, new SortedSet<string>(StringComparer.Ordinal));
        work.Report(0, "restoring packages");
        var code = await ExternalProgram.RunAsync(
            new ExternalCall(
                "dotnet",
                ["build", path, "-c", Installation.Configuration, "-v", "m", "-nologo", "-clp:NoSummary", "-tl:off", "-nodeReuse:false"],
                installation.Root
            ),
            line =>
            {
                file.WriteLine(line);
                if (BuiltLine().Match(line) is { Success: true } built)
                {
                    done++;
                    work.Report(done, string.Create(CultureInfo.InvariantCulture, $"{done} of {total}, {built.Groups["project"].Value}"));
                }
                else if (ErrorLine().IsMatch(line))
                {
                    errors.Add(line.Trim());
                }
            },
            cancellationToken
        );
        return code == 0 ? null : Failure(errors, log);
    }

    internal static string Failure(IReadOnlyCollection<string> errors, string log)
    {
        var advice = errors.Any(static error => error.Contains(LockFileDiffers, StringComparison.Ordinal))
            ? "\nPackages have changed: `./aitrader lock` renews the lock files."
            : string.Empty;
        return $"the build failed:\n{string.Join('\n', errors.Take(ErrorsShown))}{advice}\nThe whole output is in {log}";
    }

    [GeneratedRegex(@"^\s*(?<project>[\w.]+) -> \S")]
    private static partial Regex BuiltLine();

    [GeneratedRegex(@"\berror\b", RegexOptions.IgnoreCase)]
    private static partial Regex ErrorLine();
}
