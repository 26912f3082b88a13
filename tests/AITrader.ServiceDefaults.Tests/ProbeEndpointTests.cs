using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.ServiceDefaults.Tests;

public sealed class ProbeEndpointTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Every_probe_answers_in_every_environment_without_a_token(string environment)
    {
        await using var probe = await Probe.StartAsync(environment: environment, configure: static builder =>
            builder
                .Services.AddAuthorizationBuilder()
                .SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
        );
        foreach (var path in new[] { "/health", "/ready", "/alive", "/metrics" })
        {
            using var response = await probe.Client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        using var other = await probe.Client.GetAsync("/anything", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Fact]
    public async Task Ready_tells_what_each_check_says()
    {
        await using var probe = await Probe.StartAsync(static builder =>
            builder
                .Services.AddHealthChecks()
                .AddCheck("model", static () => HealthCheckResult.Degraded(
                        "no model is installed",
                        data: new Dictionary<string, object>
                        {
                            ["folder"] = "models",
                            ["found"] = 0,
                            ["gpu"] = false,
                        }
                    ))
        );
        var report = await probe.JsonAsync("/ready");
        Assert.Equal("degraded", report.GetProperty("status").GetString());
        Assert.Equal("probe", report.GetProperty("service").GetString());
        var check = Check(report, "model");
        Assert.Equal("no model is installed", check.GetProperty("description").GetString());
        Assert.Equal("""{"folder":"models","found":0,"gpu":false}""", check.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task A_dependency_without_tags_decides_readiness_but_not_life()
    {
        await using var probe = await Probe.StartAsync(static builder =>
            builder.Services.AddHealthChecks().AddCheck("database", static () => HealthCheckResult.Unhealthy("gone"))
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(probe, "/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(probe, "/health"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(probe, "/alive"));
    }

    [Fact]
    public async Task What_a_check_throws_stays_inside()
    {
        await using var probe = await Probe.StartAsync(static builder =>
            builder
                .Services.AddHealthChecks()
                .AddCheck("database", static () => throw new InvalidOperationException("Host=secret-host;Password=hunter2"))
        );
        var check = Check(await probe.JsonAsync("/ready"), "database");
        Assert.Equal("unhealthy", check.GetProperty("status").GetString());
        Assert.Equal("InvalidOperationException", check.GetProperty("description").GetString());
    }

    private static JsonElement Check(JsonElement report, string name) =>
        report.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == name);

    private static async Task<HttpStatusCode> StatusAsync(Probe probe, string path)
    {
        using var response = await probe.Client.GetAsync(path, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
