using System.Net;
using AITrader.Inference.Hosting;

namespace AITrader.Inference.Tests.Hosting;

public sealed class MemoryCeilingTests : IDisposable
{
    private const string Long = """{"inputs":[{"name":"side","shape":[2],"datatype":"INT64","data":[400,400]}]}""";

    private readonly ModelFiles _files = new ModelFiles().Add("slow", 1, SampleModels.Slow());

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Runner_at_its_limit_is_not_ready_answers_what_it_has_and_ends()
    {
        // Every test process takes more than that.
        await using var runner = await RunnerHost.StartAsync(
            _files,
            ("Inference:MemoryLimitMiB", "64"),
            ("Inference:DrainTime", "00:00:02")
        );
        var end = runner.RunToEndAsync();
        await Eventually.HoldsAsync(() => runner.Models.Leaving is not null, "the limit is noticed");

        var (ready, reason) = await runner.GetAsync("/v2/health/ready");
        var inFlight = runner.PostAsync("/v2/models/slow/infer", Long);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Contains("close to the limit of 64 MiB: the runner starts anew", reason.GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.OK, (await inFlight).Status);
        await end.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(MemoryCeiling.ExitCode, Environment.ExitCode);
    }

    [Theory]
    [InlineData("Inference:MemoryLimitMiB", "63")]
    [InlineData("Inference:MemoryCheckInterval", "00:00:00")]
    public async Task Limit_that_makes_no_sense_stops_the_start(string setting, string value)
    {
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            RunnerHost.StartAsync(_files, (setting, value))
        );

        Assert.Contains(setting, failure.Message);
    }
}
