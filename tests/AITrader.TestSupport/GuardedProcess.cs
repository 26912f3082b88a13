using System.Diagnostics;
using System.Globalization;

namespace AITrader.TestSupport;

/// <summary>A server process that ends with the test process, however that one ends.</summary>
/// <remarks>
/// A shell starts the server and holds the other end of a pipe. When the test process closes its end or dies, the shell
/// stops the server and removes the folder. A parent-death signal would not do: it fires when a thread ends.
/// </remarks>
public sealed class GuardedProcess : IAsyncDisposable
{
    // QUIT is PostgreSQL's immediate shutdown; what does not know it (a shell's background job ignores it) takes TERM.
    // $0 is the folder to remove at the end, $1 the log, the rest the command.
    private const string Guard = """
        folder=$0; log=$1; shift
        exec 3<&0 2>>"$log"
        "$@" </dev/null >>"$log" 2>&1 3<&- &
        child=$!
        ( read -r _ <&3; : >"$folder.gone"; kill -s QUIT $child; kill -s TERM $child; sleep 3; kill -s KILL $child ) 2>/dev/null &
        guard=$!
        echo $child
        wait $child; code=$?
        if [ -e "$folder.gone" ]; then rm -rf "$folder" "$folder.gone"; fi
        kill $guard 2>/dev/null
        exit $code
        """;

    private readonly Process _shell;
    private IReadOnlyList<int> _frozen = [];

    private GuardedProcess(Process shell, int id)
    {
        _shell = shell;
        Id = id;
    }

    /// <summary>The server's process id.</summary>
    public int Id { get; }

    /// <summary>Whether the server still runs.</summary>
    public bool IsRunning => !_shell.HasExited;

    /// <summary>Starts a command.</summary>
    /// <param name="folder">Its folder: removed when the test process has gone.</param>
    /// <param name="log">The file that takes its output.</param>
    /// <param name="command">Program and arguments.</param>
    public static async Task<GuardedProcess> StartAsync(string folder, string log, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Guard, folder, log, .. command])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var shell = Process.Start(start)!;
        var line = await shell.StandardOutput.ReadLineAsync();
        return new GuardedProcess(shell, int.Parse(line!, CultureInfo.InvariantCulture));
    }

    /// <summary>As a crash or a power cut would.</summary>
    public Task KillAsync() => SignalAsync(ProcessSignal.Kill);

    /// <summary>As an operator would, at once.</summary>
    public Task StopAsync() => SignalAsync(ProcessSignal.Interrupt);

    /// <summary>Ends the server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        Thaw();
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    /// <summary>Stops it and what it started from doing anything, while its connections stand.</summary>
    public void Freeze()
    {
        ProcessSignal.Send(Id, ProcessSignal.Stop);
        _frozen = [Id, .. Children()];
        foreach (var child in _frozen.Skip(1))
        {
            _ = ProcessSignal.TrySend(child, ProcessSignal.Stop);
        }
    }

    /// <summary>Lets them go on.</summary>
    public void Thaw()
    {
        foreach (var id in _frozen)
        {
            _ = ProcessSignal.TrySend(id, ProcessSignal.Continue);
        }

        _frozen = [];
    }

    private IEnumerable<int> Children() =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/task/{Id}/children"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static id => int.Parse(id, CultureInfo.InvariantCulture));

    private async Task SignalAsync(int signal)
    {
        if (IsRunning)
        {
            _ = ProcessSignal.TrySend(Id, signal);
        }

        await _shell.WaitForExitAsync();
    }
}
