using System.Diagnostics;
using Aspire.Hosting;

namespace AITrader.Hosting.LocalServers;

/// <summary>Runs programs and waits for their end.</summary>
internal static class Commands
{
    /// <exception cref="DistributedApplicationException">The program failed; the text has its output.</exception>
    public static async Task RunAsync(string program, string[] arguments, string? input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new DistributedApplicationException(
                $"{Path.GetFileName(program)} failed with exit code {process.ExitCode}:\n{await output}{await errors}".TrimEnd()
            );
        }
    }
}
