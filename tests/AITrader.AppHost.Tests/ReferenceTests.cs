using System.Text.RegularExpressions;
using AITrader.AppHost.Naming;
using AITrader.AppHost.Tests.Charts;
using k8s.Models;

namespace AITrader.AppHost.Tests;

/// <summary>What the AppHost draws between two resources is what the code of the first reads, no more and no less.</summary>
public sealed partial class ReferenceTests(PublishedChart published) : IClassFixture<PublishedChart>
{
    [Theory]
    [InlineData(ResourceNames.Migrations)]
    [InlineData(ResourceNames.OnnxRunner)]
    [InlineData(ResourceNames.TensorRtRunner)]
    [InlineData(ResourceNames.FinBertServer)]
    [InlineData(ResourceNames.SentimentEngine)]
    [InlineData(ResourceNames.MockMcp)]
    [InlineData(ResourceNames.MockLlm)]
    [InlineData(ResourceNames.MarketData)]
    [InlineData(ResourceNames.PatternEngine)]
    [InlineData(ResourceNames.StrategyEngine)]
    [InlineData(ResourceNames.ExecutionEngine)]
    [InlineData(ResourceNames.Worker)]
    [InlineData(ResourceNames.Backend)]
    [InlineData(ResourceNames.BackendAlt)]
    [InlineData(ResourceNames.Frontend)]
    public void References_are_what_the_code_reads(string resource) => Assert.Equal(Sources.UsedBy(resource), DrawnFor(resource));

    [Fact]
    public void The_reading_finds_every_form()
    {
        Assert.Equal([ResourceNames.Database], Sources.UsedBy(ResourceNames.Migrations));
        Assert.Equal(
            [ResourceNames.Database, ResourceNames.FinBertServer, ResourceNames.MockLlm, ResourceNames.Redis],
            Sources.UsedBy(ResourceNames.SentimentEngine)
        );
        Assert.Equal([ResourceNames.Backend], Sources.UsedBy(ResourceNames.Frontend));
        Assert.Superset(
            new HashSet<string>
            {
                ResourceNames.OnnxRunner,
                ResourceNames.TensorRtRunner,
                ResourceNames.SentimentEngine,
                ResourceNames.Redis,
            },
            Sources.UsedBy(ResourceNames.StrategyEngine).ToHashSet()
        );
        Assert.Contains(ResourceNames.MockLlm, Sources.UsedBy(ResourceNames.Backend));
    }

    private List<string> DrawnFor(string resource)
    {
        var variables = (published.Manifests.Find<V1ConfigMap>($"{resource}-config")?.Data.Keys ?? []).Concat(
            published.Manifests.Find<V1Secret>($"{resource}-secrets")?.StringData.Keys ?? []
        );
        return
        [
            .. variables
                .Select(variable => Reference().Match(variable))
                .Where(match => match.Success)
                .Select(match => match.Groups["name"].Value)
                // A runner has two endpoints.
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex("^(services__(?<name>[^_]+)__.*|ConnectionStrings__(?<name>.+))$")]
    private static partial Regex Reference();
}
