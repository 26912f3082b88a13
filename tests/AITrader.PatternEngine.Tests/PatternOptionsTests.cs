using AITrader.Markets.Patterns;
using Microsoft.Extensions.Configuration;

namespace AITrader.PatternEngine.Tests;

public sealed class PatternOptionsTests
{
    [Fact]
    public void Has_the_defaults_of_the_library() =>
        Assert.Equal(PatternParameters.Default, Bind([]).ToSettings().For("ANY"));

    [Fact]
    public void Puts_a_symbols_values_over_the_general_ones()
    {
        var settings = Bind(new()
        {
            ["Patterns:EmaFast"] = "10",
            ["Patterns:BreakoutCooldown"] = "00:00:01",
            ["Patterns:Overrides:0:Symbol"] = "NSE:INFY",
            ["Patterns:Overrides:0:EmaSlow"] = "40",
            ["Patterns:Overrides:0:VwapDeviation"] = "false",
        }).ToSettings();

        var general = PatternParameters.Default with { EmaFast = 10, BreakoutCooldown = TimeSpan.FromSeconds(1) };
        Assert.Equal(general, settings.For("NSE:TCS"));
        Assert.Equal(general with { EmaSlow = 40, VwapDeviation = false }, settings.For("NSE:INFY"));
    }

    [Theory]
    [InlineData("Patterns:EmaFast", "90", "Patterns:EmaSlow: 80 is not in 91 to 65536")]
    [InlineData("Patterns:MaxBatch", "0", "Patterns:MaxBatch: 0 is not in 1 to 10000")]
    [InlineData("Patterns:Overrides:0:EmaFast", "5", "Patterns:Overrides: each needs a Symbol of its own")]
    public void Says_which_setting_makes_no_sense(string key, string value, string expected)
    {
        var result = new PatternOptionsValidator().Validate(null, Bind(new() { [key] = value }));
        Assert.Equal(expected, result.FailureMessage);
    }

    private static PatternOptions Bind(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(PatternOptions.Section).Get<PatternOptions>() ?? new PatternOptions();
}
