using AITrader.Cli.Output;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Tests.Home;

public sealed class RollingLogTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task At_its_limit_it_is_put_aside_once()
    {
        var path = Path.Combine(_temporary.Folder, "worker.log");
        await using (var log = new RollingLog(path, limitBytes: 20))
        {
            for (var i = 0; i < 7; i++)
            {
                await log.AppendAsync([$"line {i}"]);
            }
        }

        Assert.Equal(["line 6"], await File.ReadAllLinesAsync(path, Ct));
        Assert.Equal(["line 3", "line 4", "line 5"], await File.ReadAllLinesAsync(Path.Combine(_temporary.Folder, "worker.1.log"), Ct));
    }

    [Fact]
    public async Task It_goes_on_where_it_was()
    {
        var path = _temporary.Write("worker.log", "before\n");
        await using (var log = new RollingLog(path))
        {
            await log.AppendAsync(["after"]);
        }

        Assert.Equal(["before", "after"], await File.ReadAllLinesAsync(path, Ct));
    }

    [Fact]
    public async Task The_tail_follows_over_a_file_that_was_put_aside()
    {
        var path = _temporary.Write("worker.log", "1\n2\n3\n");
        var seen = new List<string>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var following = Task.Run(
            async () =>
            {
                await foreach (var line in new LogTail(path, TimeProvider.System).ReadAsync(lines: 2, follow: true, stop.Token))
                {
                    lock (seen)
                    {
                        seen.Add(line);
                    }
                }
            },
            Ct
        );
        await TestSupport.Eventually.TrueAsync(() => Count(seen) == 2, "the last two lines");
        await File.AppendAllTextAsync(path, "4\n", Ct);
        await TestSupport.Eventually.TrueAsync(() => Count(seen) == 3, "a new line");
        File.Move(path, Path.Combine(_temporary.Folder, "worker.1.log"));
        await File.WriteAllTextAsync(path, "5\n", Ct);
        await TestSupport.Eventually.TrueAsync(() => Count(seen) == 4, "a line of the new file");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal(["2", "3", "4", "5"], seen);
    }

    private static int Count(List<string> seen)
    {
        lock (seen)
        {
            return seen.Count;
        }
    }
}
