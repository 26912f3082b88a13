using AITrader.PatternEngine.Classes;
using AITrader.PatternEngine.Diagnostics;
using AITrader.PatternEngine.Patterns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.PatternEngine.Tests;

public sealed class PatternsCheckTests
{
    [Fact]
    public async Task Ready_tells_what_runs_and_that_nobody_classifies()
    {
        var settings = new Dictionary<string, string?> { ["Patterns:Enabled"] = "ema_cross,candlestick.*" };
        var options = PatternOptions.From(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection(PatternOptions.Section)
        );
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System).AddSingleton<PatternMetrics>();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddClassifier(static _ => { });
        await using var provider = services.BuildServiceProvider();

        var result = await new PatternsCheck(Options.Create(options), provider.GetRequiredService<SignalClassifier>()).CheckHealthAsync(
            new HealthCheckContext(),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.Equal("1 of 3 run", result.Data["momentum"]);
        Assert.Equal("0 of 5 run", result.Data["microstructure"]);
        Assert.Equal("52 of 61 run", result.Data["candlestick"]);
        Assert.StartsWith("off", (string)result.Data["classifier"], StringComparison.Ordinal);
    }
}
