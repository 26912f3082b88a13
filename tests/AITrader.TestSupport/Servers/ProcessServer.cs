namespace AITrader.TestSupport.Servers;

/// <summary>A server as a process of this machine.</summary>
/// <param name="folder">Its folder, which is removed with it.</param>
/// <param name="command">Program and arguments for a port.</param>
internal sealed class ProcessServer(string folder, Func<int, IReadOnlyList<string>> command) : IThrowAwayServer
{
    private readonly string _log = Path.Combine(folder, "server.log");
    private GuardedProcess? _process;

    public async Task StartAsync(int port) => _process = await GuardedProcess.StartAsync(folder, _log, command(port));

    public Task<bool> IsRunningAsync() => Task.FromResult(_process!.IsRunning);

    public Task StopAsync() => _process!.StopAsync();

    public Task KillAsync() => _process!.KillAsync();

    public void Freeze() => _process!.Freeze();

    public void Thaw() => _process!.Thaw();

    public async Task<string> ReadLogAsync() => File.Exists(_log) ? await File.ReadAllTextAsync(_log) : "no log was written";

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
