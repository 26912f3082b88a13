using System.ComponentModel;
using System.Diagnostics;
using AITrader.Cli.Failures;

namespace AITrader.Cli.Processes;

/// <summary>Runs other programs and waits for them; a cancellation ends them with all that they started.</summary>
internal static class ExternalProgram
{
    /// <summary>Runs a program and passes on each line of its output and error streams.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="Refusal">The program is not installed.</exception>
    public static async Task<int> RunAsync(ExternalCall call, Action<string> onLine, CancellationToken cancellationToken)
    {
        var gate = new Lock();
        using var process = Start(call, redirect: true);
        void Take(object sender, DataReceivedEventArgs data)
        {
            if (data.Data is { } line)
            {
                lock (gate)
                {
                    onLine(line);
                }
            }
        }

        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        await WaitAsync(process, cancellationToken);
        return process.ExitCode;
    }

    /// <summary>Runs a program that uses this terminal.</summary>
    public static async Task<int> RunAttachedAsync(ExternalCall call, CancellationToken cancellationToken)
    {
        using var process = Start(call, redirect: false);
        await WaitAsync(process, cancellationToken);
        return process.ExitCode;
    }

    private static async Task WaitAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ExternalCall call, bool redirect)
    {
        var start = new ProcessStartInfo(call.Program, call.Arguments)
        {
            WorkingDirectory = call.Folder,
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
        };
        foreach (var (name, value) in call.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception absent)
        {
            throw new Refusal($"{call.Program} could not be started: {absent.Message}");
        }
    }
}
