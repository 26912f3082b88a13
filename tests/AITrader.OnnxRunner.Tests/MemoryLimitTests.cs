using System.Net;

namespace AITrader.OnnxRunner.Tests;

public sealed class MemoryLimitTests
{
    private const int ExitCode = 75;

    [Fact]
    public async Task Runner_at_its_memory_limit_says_so_and_ends_with_a_code_of_its_own()
    {
        await using var runner = RunnerProcess.StartOnnx(("Inference__MemoryLimitMiB", "64"), ("Inference__DrainTime", "00:00:04"));

        var report = await runner.WaitForReadyAsync(
            static (status, body) =>
                status == HttpStatusCode.ServiceUnavailable
                && body.ToString().Contains("close to the limit of 64 MiB", StringComparison.Ordinal)
        );

        Assert.Equal("unhealthy", report.GetProperty("status").GetString());
        Assert.Equal(ExitCode, await runner.WaitForExitAsync());
        Assert.Contains("the runner ends to start anew", runner.Output);
    }
}
