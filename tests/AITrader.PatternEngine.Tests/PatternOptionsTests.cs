using AITrader.PatternEngine.Patterns;
using AITrader.Signals.Catalogue;
using Microsoft.Extensions.Configuration;

namespace AITrader.PatternEngine.Tests;

public sealed class PatternOptionsTests
{
    [Fact]
    public void Has_the_defaults_of_the_library() => Assert.Equal(PatternParameters.Default, Bind([]).ToSettings().For("ANY"));

    [Fact]
    public void Puts_a_symbols_values_over_the_general_ones()
    {
        var settings = Bind(
                new()
                {
                    ["Patterns:EmaFast"] = "10",
                    ["Patterns:BarSeconds"] = "30",
                    ["Patterns:Overrides:0:Symbol"] = "NSE:INFY",
                    ["Patterns:Overrides:0:EmaSlow"] = "40",
                    ["Patterns:Overrides:0:Window"] = "32",
                }
            )
            .ToSettings();

        var general = PatternParameters.Default with { EmaFast = 10, BarSeconds = 30 };
        Assert.Equal(general, settings.For("NSE:TCS"));
        Assert.Equal(general with { EmaSlow = 40, Window = 32 }, settings.For("NSE:INFY"));
    }

    [Fact]
    public void Takes_parameters_by_the_names_of_the_registry()
    {
        var settings = Bind(
                new()
                {
                    ["Patterns:Defaults:breakout:Lookback"] = "50",
                    ["Patterns:Defaults:breakout:cooldown"] = "00:01:30",
                    ["Patterns:Defaults:ema_cross:Horizon"] = "120",
                    ["Patterns:Symbols:NSE:INFY:breakout:Lookback"] = "40",
                    ["Patterns:Symbols:NSE:INFY:ema_cross:Enabled"] = "false",
                    ["Patterns:Overrides:0:Symbol"] = "NSE:INFY",
                    ["Patterns:Overrides:0:EmaSlow"] = "90",
                }
            )
            .ToSettings();

        var (emaCross, breakout) = (PatternCatalogue.BuiltIn.Find("ema_cross"), PatternCatalogue.BuiltIn.Find("breakout"));
        var general = PatternParameters
            .Default.With(breakout, "Lookback", 50)
            .With(breakout, "Cooldown", 90)
            .With(emaCross, "Horizon", 120);
        Assert.Equal(general, settings.For("NSE:TCS"));
        Assert.Equal(
            general.With(breakout, "Lookback", 40) with
            {
                EmaSlow = 90,
                Enabled = general.Enabled.With(emaCross, runs: false),
            },
            settings.For("NSE:INFY")
        );
    }

    [Theory]
    [InlineData("ema_cross, breakout", "ema_cross", "breakout")]
    [InlineData("mean_reversion.*,*_cross,!vwap_deviation", "ema_cross")]
    public void Runs_the_patterns_that_are_named(string enabled, params string[] expected)
    {
        var running = Bind(new() { ["Patterns:Enabled"] = enabled }).ToSettings().Defaults.Enabled;
        string[] first = ["ema_cross", "vwap_deviation", "breakout"];
        Assert.Equal(expected, first.Where(name => running.Contains(PatternCatalogue.BuiltIn.Find(name))));
    }

    [Fact]
    public void Takes_the_list_of_patterns_item_by_item_too() =>
        Assert.Equal(
            PatternSelection.Of("breakout", "ema_cross"),
            Bind(new() { ["Patterns:Enabled:0"] = "ema_cross", ["Patterns:Enabled:1"] = "breakout" }).ToSettings().Defaults.Enabled
        );

    [Theory]
    [InlineData("Patterns:EmaFast", "90", "Patterns:EmaSlow: 80 is not in 91 to 65536")]
    [InlineData("Patterns:MaxBatch", "0", "Patterns:MaxBatch: 0 is not in 1 to 10000")]
    [InlineData("Patterns:Overrides:0:EmaFast", "5", "Patterns:Overrides: each needs a Symbol of its own")]
    [InlineData(
        "Patterns:Enabled",
        "ema_cross,ema_crossing",
        "Patterns:Enabled: 'ema_crossing' is no pattern and no family; did you mean 'ema_cross'?"
    )]
    [InlineData("Patterns:Enabled", "Breakout", "Patterns:Enabled: 'Breakout' is no pattern and no family; did you mean 'breakout'?")]
    [InlineData(
        "Patterns:Enabled",
        "everything",
        "Patterns:Enabled: 'everything' is no pattern and no family; docs/formulas.md lists them"
    )]
    [InlineData("Patterns:EmaFst", "5", "Patterns:EmaFst: no such setting; did you mean 'EmaFast'?")]
    [InlineData("Patterns:Default:breakout:Lookback", "5", "Patterns:Default: no such setting; did you mean 'Defaults'?")]
    [InlineData("Patterns:Overrides:0:Symbl", "INFY", "Patterns:Overrides:0:Symbl: no such setting; did you mean 'Symbol'?")]
    [InlineData("Patterns:Defaults:macd_cross:Slow", "12", "Patterns:Defaults:macd_cross:Slow: 12 is not above Fast, 12")]
    [InlineData(
        "Patterns:Defaults:breakin:Lookback",
        "5",
        "Patterns:Defaults:breakin:Lookback: 'breakin' is no pattern; did you mean 'breakout'?"
    )]
    [InlineData("Patterns:Defaults:Lookback", "5", "Patterns:Defaults:Lookback: '' is no pattern; docs/formulas.md lists them")]
    [InlineData(
        "Patterns:Defaults:breakout:Look",
        "5",
        "Patterns:Defaults:breakout:Look: breakout has no parameter 'Look', only Lookback, MinWidthBps, Cooldown, Horizon"
    )]
    [InlineData("Patterns:Defaults:breakout:Lookback", "many", "Patterns:Defaults:breakout:Lookback: 'many' is no number")]
    [InlineData("Patterns:Defaults:breakout:Lookback", "1", "Patterns:Defaults:breakout:Lookback: 1 is not in 2 to 65536")]
    [InlineData("Patterns:Defaults:breakout:Lookback", "2.5", "Patterns:Defaults:breakout:Lookback: 2.5 is not a whole number")]
    [InlineData("Patterns:Defaults:breakout:Enabled", "yes", "Patterns:Defaults:breakout:Enabled: 'yes' is neither true nor false")]
    [InlineData("Patterns:Symbols:NSE:INFY:breakout:Horizon", "-1", "Patterns:Symbols:NSE:INFY:breakout:Horizon: -1 is not in 0 to 86400")]
    [InlineData("Patterns:Defaults:z_score:Exit", "3.5", "Patterns:Defaults:z_score:Entry: 3 is below Exit, 3.5")]
    [InlineData("Patterns:Symbols:NSE:INFY:z_score:Exit", "3.5", "Patterns:Symbols:NSE:INFY:z_score:Entry: 3 is below Exit, 3.5")]
    [InlineData("Patterns:PivotBars", "0", "Patterns:PivotBars: 0 is not in 1 to 32")]
    [InlineData("Patterns:Defaults:range:Lookback", "121", "Patterns:Defaults:range:Lookback: 121 is not in 2 to 120")]
    [InlineData("Patterns:Enabled", "cdl_doji", "Patterns:Enabled: cdl_doji points nowhere, so that it can give no signal")]
    [InlineData(
        "Patterns:Defaults:cdl_doji:Enabled",
        "true",
        "Patterns:Defaults:cdl_doji:Enabled: cdl_doji points nowhere, so that it can give no signal"
    )]
    [InlineData("Patterns:BarSeconds", "0", "Patterns:BarSeconds: 0 is not in 1 to 86400")]
    public void Says_which_setting_makes_no_sense(string key, string value, string expected)
    {
        var result = new PatternOptionsValidator().Validate(null, Bind(new() { [key] = value }));
        Assert.Equal(expected, result.FailureMessage);
    }

    private static PatternOptions Bind(Dictionary<string, string?> values) =>
        PatternOptions.From(new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(PatternOptions.Section));
}
