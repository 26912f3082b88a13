using AITrader.Cli.Processes;

namespace AITrader.Cli.Machine;

/// <summary>Opens links in the user's browser.</summary>
internal static class Browser
{
    /// <returns>The exit code of the program that opens the link.</returns>
    public static Task<int> OpenAsync(Uri link, CancellationToken cancellationToken) =>
        ExternalProgram.RunAsync(
            new ExternalCall(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [link.ToString()], "/"),
            static _ => { },
            cancellationToken
        );
}
