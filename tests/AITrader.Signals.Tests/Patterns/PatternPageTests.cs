using System.Globalization;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Patterns;

/// <summary>docs/formulas.md has every pattern of the registry, with the parameters and defaults that the registry has.</summary>
public sealed class PatternPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "formulas.md"));

    public static TheoryData<string> Written =>
        [
            .. PatternCatalogue
                .BuiltIn.All.Where(static pattern => pattern.Family != PatternFamily.Candlestick)
                .Select(static pattern => pattern.Name),
        ];

    public static TheoryData<string> Tabled =>
        [
            .. PatternCatalogue
                .BuiltIn.All.Where(static pattern => pattern.Family == PatternFamily.Candlestick)
                .Select(static pattern => pattern.Name),
        ];

    [Theory]
    [MemberData(nameof(Written))]
    public void Has_a_patterns_parameters_with_their_defaults(string name)
    {
        var pattern = PatternCatalogue.BuiltIn.All[PatternCatalogue.BuiltIn.Find(name)];
        var heading = Assert.Single(Page.Split('\n'), line => line.StartsWith($"**{name}** (", StringComparison.Ordinal));
        Assert.All(pattern.Parameters, parameter =>
            Assert.Contains($"{parameter.Name} [{Show(parameter)}]", heading, StringComparison.Ordinal)
        );
        Assert.Equal(pattern.Parameters.Count, heading.Count(static c => c == '['));
    }

    [Theory]
    [MemberData(nameof(Tabled))]
    public void Has_a_candlesticks_rule_lookback_and_kind(string name)
    {
        var pattern = PatternCatalogue.BuiltIn.All[PatternCatalogue.BuiltIn.Find(name)];
        var cells = Assert
            .Single(Page.Split('\n'), line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal))
            .Split('|', StringSplitOptions.TrimEntries);
        var rule = Array.Find(AITrader.Signals.Patterns.Candlesticks.CandlePatterns.All, rule => rule.Definition.Name == name)!;
        Assert.Equal(rule.Lookback, int.Parse(cells[2], CultureInfo.InvariantCulture));
        Assert.Equal(pattern.IsNeutral, cells[3].EndsWith(", neutral", StringComparison.Ordinal));
        Assert.Equal(
            !double.IsNaN(rule.Penetration),
            cells[4].Contains(string.Create(CultureInfo.InvariantCulture, $"P [{rule.Penetration}]"), StringComparison.Ordinal)
        );
        Assert.All(pattern.Parameters.TakeLast(2), parameter =>
            Assert.Contains($"{parameter.Name} [{Show(parameter)}]", Page, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Has_no_pattern_that_the_registry_lacks()
    {
        var section = Page.Split('\n')
            .SkipWhile(static line => !line.StartsWith("## 3.", StringComparison.Ordinal))
            .TakeWhile(static line => !line.StartsWith("## 4.", StringComparison.Ordinal))
            .ToList();
        var written = section
            .Where(static line => line.StartsWith("**", StringComparison.Ordinal) && line.Contains("** (", StringComparison.Ordinal))
            .Select(static line => line[2..line.IndexOf("** (", StringComparison.Ordinal)]);
        var tabled = section
            .Where(static line => line.StartsWith("| `cdl_", StringComparison.Ordinal))
            .Select(static line => line.Split('`')[1]);
        Assert.Equal(PatternCatalogue.BuiltIn.Names.Order(), written.Concat(tabled).Order());
    }

    [Fact]
    public void Has_every_evidence_value() =>
        Assert.All(PatternCatalogue.BuiltIn.All.SelectMany(static pattern => pattern.Evidence).Distinct(), static name =>
            Assert.Contains(name, Page, StringComparison.Ordinal)
        );

    private static string Show(PatternParameter parameter) =>
        parameter.Unit switch
        {
            ParameterUnit.Count => parameter.Default.ToString("0", CultureInfo.InvariantCulture),
            ParameterUnit.Seconds => string.Create(CultureInfo.InvariantCulture, $"{parameter.Default} s"),
            _ => parameter.Default.ToString("0.0###", CultureInfo.InvariantCulture),
        };
}
