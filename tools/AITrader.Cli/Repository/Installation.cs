using AITrader.Cli.Failures;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Repository;

/// <summary>The repository that this program was built in, and the home folder it works with.</summary>
internal sealed record Installation(string Root, HomeFolder Home)
{
    public const string Configuration = "Release";
    public const string Solution = "AITrader.sln";

    /// <summary>The repository that holds this program.</summary>
    public static Installation Find()
    {
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            if (File.Exists(Path.Combine(above.FullName, Solution)))
            {
                return new Installation(
                    above.FullName,
                    HomeFolder.Of(Environment.GetEnvironmentVariable(HomeFolder.Setting), above.FullName)
                );
            }
        }

        throw new Refusal($"{AppContext.BaseDirectory} lies in no clone of AITrader. Start ./aitrader in the clone.");
    }

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string AppHostFolder => In("AITrader.AppHost");

    public string In(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The full path of a project's program after a build.</summary>
    public string ProgramOf(string project) => Path.Combine(Artifacts, "bin", project, Configuration.ToLowerInvariant(), $"{project}.dll");
}
