using System.Diagnostics;
using AITrader.Hosting.Home;
using AITrader.TestSupport;

namespace AITrader.Cli.Tests.Home;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void A_process_is_known_again_until_it_ends()
    {
        using var process = Process.Start("sleep", "60");
        var identity = ProcessIdentity.Find(process.Id)!;
        Assert.True(identity.IsAlive);
        Assert.Equal(identity, ProcessIdentity.Find(process.Id));

        process.Kill();
        process.WaitForExit();

        Assert.False(identity.IsAlive);
    }

    [Fact]
    public void A_later_process_with_the_same_number_is_another_one()
    {
        var now = ProcessIdentity.Current;

        Assert.True(now.IsAlive);
        Assert.False((now with { Started = now.Started - 1 }).IsAlive);
        Assert.False((now with { Boot = "another start of the machine" }).IsAlive);
    }

    [Fact]
    public async Task One_that_has_ended_and_waits_for_its_parent_is_not_alive()
    {
        // A shell that never asks what became of its child.
        using var parent = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]) { RedirectStandardOutput = true }
        )!;
        try
        {
            var pid = int.Parse((await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
            await Eventually.TrueAsync(() => ProcessIdentity.StatOf(pid) is ["Z", ..], "the child has ended");

            Assert.Null(ProcessIdentity.Find(pid));
        }
        finally
        {
            parent.Kill();
        }
    }
}
