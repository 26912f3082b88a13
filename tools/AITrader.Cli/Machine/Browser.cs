using AITrader.Cli.Processes;

namespace AITrader.Cli.Machine;

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <returns>The exit code of what opens it.</returns>
    public static Task<int> OpenAsync(Uri link, CancellationToken cancellationToken) =>
        ExternalProgram.RunAsync(
            new ExternalCall(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [link.ToString()], "/"),
            static _ => { },
            cancellationToken
        );
}
