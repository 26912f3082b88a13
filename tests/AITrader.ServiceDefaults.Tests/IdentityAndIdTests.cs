using AITrader.ServiceDefaults.Identity;
using AITrader.ServiceDefaults.Ids;
using AITrader.ServiceDefaults.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.ServiceDefaults.Tests;

public sealed class IdentityAndIdTests
{
    private static readonly ServiceIdentity Identity = new("probe", "probe");

    [Theory]
    [InlineData("AITrader.PatternEngine", "pattern-engine")]
    [InlineData("AITrader.FinBertServer", "finbert-server")]
    [InlineData("AITrader.TensorRtRunner", "tensorrt-runner")]
    [InlineData("AITrader.OnnxRunner", "onnx-runner")]
    [InlineData("AITrader.MockMcp", "mock-mcp")]
    [InlineData("AITrader.Backend", "backend")]
    public void Names_are_those_of_the_topology(string application, string name) => Assert.Equal(name, ServiceIdentity.NameOf(application));

    [Fact]
    public void An_instance_has_a_name_of_its_own()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("OTEL_SERVICE_NAME", "backend-alt")]).Build();
        Assert.Equal(new ServiceIdentity("backend", "backend-alt"), ServiceIdentity.From("AITrader.Backend", configuration));
    }

    [Fact]
    public void Ids_are_of_version_7_in_order_and_the_same_again_for_the_same_seed()
    {
        var time = new FakeTimeProvider();
        var source = new TimeOrderedIds(time, seed: 5);
        var ids = Enumerable.Range(0, 10_000).Select(_ => source.NewId()).ToList();
        Assert.All(ids, static id => Assert.Equal((7, 8), (id.Version, id.Variant & 0xC)));
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids[0], new TimeOrderedIds(new FakeTimeProvider(), seed: 5).NewId());
        Assert.NotEqual(ids[0], new TimeOrderedIds(new FakeTimeProvider(), seed: 6).NewId());
    }

    [Fact]
    public void A_missing_setting_is_named_with_the_variable_that_sets_it()
    {
        var missing = Assert.Throws<SettingException>(() => new ConfigurationBuilder().Build().RequireConnectionString("redis"));
        Assert.Equal(
            "probe: cannot run: setting 'ConnectionStrings:redis' is missing: set it in configuration or as environment variable ConnectionStrings__redis",
            StartupFailure.Line(Identity, missing)
        );
    }

    [Fact]
    public void A_failure_to_start_is_one_line_without_stack_or_secret()
    {
        var invalid = new OptionsValidationException("x", typeof(string), ["Risk:Max must be positive", "Risk:Min is missing"]);
        Assert.Equal(
            "probe: cannot run: invalid settings: Risk:Max must be positive; Risk:Min is missing",
            StartupFailure.Line(Identity, invalid)
        );
        var nested = StartupFailure.Line(
            Identity,
            new AggregateException(new InvalidOperationException("no\ndatabase at Password=hunter2"))
        );
        Assert.Equal("probe: cannot run: no database at Password=***", nested);
    }
}
