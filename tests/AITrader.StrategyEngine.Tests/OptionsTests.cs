using System.Text.Json;
using AITrader.StrategyEngine.Decisions;
using AITrader.StrategyEngine.Sentiment;
using AITrader.Trading.Decisions;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Defaults_are_the_documented_rules() => Assert.Equal(DecisionRules.Default, new StrategyOptions().Rules);

    [Fact]
    public void Refuses_weights_beyond_one_and_a_threshold_of_zero()
    {
        var result = Validate(new StrategyOptions { PatternWeight = 0.9m, Threshold = 0m });
        Assert.True(result.Failed);
        Assert.True(Validate(new StrategyOptions { PatternWeight = 0.9m }).Failed);
        Assert.True(Validate(new StrategyOptions()).Succeeded);
    }

    [Theory]
    [InlineData("""{"checks":[{"name":"model","status":"unhealthy","description":"no model installed"}]}""", "no model installed")]
    [InlineData("""{"checks":[{"name":"b","status":"degraded"},{"name":"a","status":"unhealthy"}]}""", "a; b")]
    [InlineData("""{"checks":[{"name":"model","status":"healthy"}]}""", null)]
    [InlineData("{}", "sentiment-engine says nothing about itself")]
    public void Reads_the_reason_from_what_the_sentiment_engine_says(string report, string? reason) =>
        Assert.Equal(reason, SentimentProbe.ReasonOf(JsonDocument.Parse(report).RootElement));

    private static ValidateOptionsResult Validate(StrategyOptions options) => new StrategyOptionsValidator().Validate(null, options);
}
