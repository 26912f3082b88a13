using System.Diagnostics;
using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Processes;
using AITrader.Cli.Status;
using AITrader.Hosting.Home;
using AITrader.TestSupport;

namespace AITrader.Cli.Tests.Hosting;

/// <summary>Real processes: which of them belong to a run, and what becomes of them.</summary>
public sealed class RunProcessesTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly List<Process> _started = [];
    private readonly string _run = Guid.CreateVersion7().ToString("n");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _temporary.Dispose();
    }

    [Fact]
    public async Task A_stale_record_of_a_number_that_is_somebody_elses_by_now_touches_nobody()
    {
        var stranger = Start("sleep 60");
        var stale = Records.Of(ProcessIdentity.Find(stranger.Id)! with { Started = 1 }, _run);
        await WriteAsync(stale);

        var found = Assert.IsType<HostState.Crashed>(new HostFinder(_temporary.Installation).Find());
        Assert.Empty(found.Left);
        await new HostStopper(_temporary.Installation, TimeProvider.System).StopAsync(stale, static _ => { }, Ct);

        Assert.False(stranger.HasExited);
        Assert.IsType<HostState.Absent>(new HostFinder(_temporary.Installation).Find());
    }

    [Fact]
    public async Task A_host_is_stopped_with_all_that_it_started()
    {
        // A child, and one that another session and another parent have taken over.
        var host = Start("sleep 60 & (setsid sleep 61 &) ; wait", _run);
        var record = Records.Of(ProcessIdentity.Find(host.Id)!, _run);
        await WriteAsync(record);
        await Eventually.TrueAsync(() => Count(record) == 3, "three processes of the run");
        Assert.IsType<HostState.Running>(new HostFinder(_temporary.Installation).Find());
        var counts = new List<int>();

        await StopAsync(record, counts);

        Assert.True(host.HasExited);
        Assert.Equal(0, Count(record));
        Assert.Equal(0, counts[^1]);
        Assert.Null(HostRecord.Read(_temporary.Home));
    }

    [Fact]
    public async Task What_a_killed_host_leaves_is_found_and_ended()
    {
        var host = Start("setsid sleep 60 & wait", _run);
        var record = Records.Of(ProcessIdentity.Find(host.Id)!, _run);
        await WriteAsync(record);
        await Eventually.TrueAsync(() => Count(record) == 2, "two processes of the run");
        host.Kill();
        await host.WaitForExitAsync(Ct);

        // The child is setsid until it has become what it runs.
        await Eventually.TrueAsync(
            () =>
                new HostFinder(_temporary.Installation).Find() is HostState.Crashed { Left: { Count: 1 } left }
                && left.Single().Name == "sleep",
            "the process that was left"
        );
        Assert.Contains(
            "ended unexpectedly",
            Assert.Throws<Refusal>(() => new HostFinder(_temporary.Installation).Require()).Message,
            StringComparison.Ordinal
        );
        await StopAsync(record, []);

        Assert.Equal(0, Count(record));
    }

    [Fact]
    public async Task Servers_are_known_by_their_folder_and_a_shell_in_it_is_not()
    {
        var data = _temporary.Home.DataOf("redis");
        Directory.CreateDirectory(data);
        var shell = Start("exec sleep 60", folder: data);
        var redis = Process.Start("redis-server", ["--port", $"{FreePort.Find()}", "--dir", data, "--save", "", "--loglevel", "warning"]);
        _started.Add(redis);
        await Eventually.TrueAsync(() => ProcFiles.LinkOf(redis.Id, "cwd") == data, "redis works in its folder");
        var record = Records.Of(ProcessIdentity.Current with { Started = 1 }, _run);

        var found = RunProcesses.Find(ProcessTable.Read(), record, _temporary.Home);

        Assert.Equal(redis.Id, Assert.Single(found).Pid);
        Assert.DoesNotContain(found, entry => entry.Pid == shell.Id);
    }

    [Fact]
    public async Task Memory_and_processor_time_are_measured()
    {
        var busy = Start("while :; do :; done", _run);
        var record = Records.Of(ProcessIdentity.Find(busy.Id)!, _run);

        var reading = await new UsageMeter(_temporary.Installation, TimeProvider.System).MeasureAsync(record, Ct);

        Assert.Equal(1, reading.Total.Processes);
        Assert.InRange(reading.Total.MemoryBytes, 50 * 1024, 64L << 20);
        Assert.True(reading.Total.Cores > 0);
        Assert.Equal(reading.Total, reading.Of(reading.TreeOf(busy.Id)));
        Assert.Empty(reading.TreeOf(null));
    }

    [Fact]
    public void A_suspended_process_is_seen_as_such()
    {
        var process = Start("exec sleep 60");
        using (Process.Start("kill", ["-STOP", $"{process.Id}"])) { }

        Assert.True(SpinWait.SpinUntil(() => ProcessTable.Read().Find(process.Id) is { IsSuspended: true }, TimeSpan.FromSeconds(20)));
    }

    private int Count(HostRecord record) => RunProcesses.Find(ProcessTable.Read(), record, _temporary.Home).Count;

    private Task StopAsync(HostRecord record, List<int> counts) =>
        new HostStopper(_temporary.Installation, TimeProvider.System).StopAsync(record, counts.Add, Ct);

    private async Task WriteAsync(HostRecord record)
    {
        await _temporary.Home.CreateAsync(Ct);
        await record.WriteAsync(_temporary.Home, Ct);
    }

    private Process Start(string script, string? run = null, string? folder = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { WorkingDirectory = folder ?? _temporary.Folder };
        if (run is not null)
        {
            start.Environment[HostRecord.RunVariable] = run;
        }

        var process = Process.Start(start)!;
        _started.Add(process);
        return process;
    }
}
