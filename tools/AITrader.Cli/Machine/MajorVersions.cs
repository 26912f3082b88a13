using System.Globalization;
using AITrader.Cli.Processes;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Machine;

/// <summary>Asks programs for their versions.</summary>
internal static class MajorVersions
{
    /// <summary>The first number of what <c>--version</c> prints, and all of it; null where the program is not installed.</summary>
    public static async Task<(int Major, string Version)?> OfAsync(string program, string folder, CancellationToken cancellationToken)
    {
        if (InstalledPrograms.Find(program) is null)
        {
            return null;
        }

        var lines = new List<string>();
        await ExternalProgram.RunAsync(new ExternalCall(program, ["--version"], folder), lines.Add, cancellationToken);
        var version = lines.FirstOrDefault()?.TrimStart('v') ?? string.Empty;
        return (int.TryParse(version.Split('.')[0], CultureInfo.InvariantCulture, out var major) ? major : 0, version);
    }
}
