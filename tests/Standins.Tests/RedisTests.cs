using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;
using StackExchange.Redis;
using Testcontainers.Redis;

namespace Standins.Tests;

public sealed class RedisTests
{
    [Fact]
    public async Task Container_starts_answers_and_leaves_nothing()
    {
        var redis = new RedisBuilder("redis:7.0").Build();
        Assert.Throws<InvalidOperationException>(redis.GetConnectionString);
        await redis.StartAsync();
        var address = redis.GetConnectionString();
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(address))
        {
            await connection.GetDatabase().StringSetAsync("k", "v");
            Assert.Equal("v", await connection.GetDatabase().StringGetAsync("k"));
        }

        Assert.Equal(address, $"{redis.Hostname}:{redis.GetMappedPublicPort(RedisBuilder.RedisPort)}");
        await redis.DisposeAsync();
        await Assert.ThrowsAsync<RedisConnectionException>(
            () => ConnectionMultiplexer.ConnectAsync($"{address},connectTimeout=500,connectRetry=1"));
    }

    [Fact]
    public async Task Containers_run_beside_one_another()
    {
#pragma warning disable CS0618
        var all = Enumerable.Range(0, 3).Select(static _ => new RedisBuilder().WithImage("redis:7.0").Build()).ToArray();
#pragma warning restore CS0618
        await Task.WhenAll(all.Select(static redis => redis.StartAsync()));
        Assert.Equal(3, all.Select(static redis => redis.GetConnectionString()).Distinct().Count());
        foreach (var redis in all)
        {
            await redis.DisposeAsync();
        }
    }

    [Fact]
    public async Task Client_connects_is_healthy_and_notices_a_lost_server()
    {
        await using var redis = new RedisBuilder("redis:7.0").Build();
        await redis.StartAsync();
        using var host = Host(("ConnectionStrings:bus", redis.GetConnectionString()), static builder => builder.AddRedisClient(
            "bus", configureOptions: static options => options.SyncTimeout = options.AsyncTimeout = 500));
        await host.StartAsync();
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(host, "StackExchange.Redis"));
        await redis.StopAsync();
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(host, "StackExchange.Redis"));
    }

    [Fact]
    public async Task Keyed_client_has_its_own_connection_and_check()
    {
        await using var redis = new RedisBuilder("redis:7.0").Build();
        await redis.StartAsync();
        using var host = Host(
            ("Aspire:StackExchange:Redis:cache:ConnectionString", redis.GetConnectionString()),
            static builder => builder.AddKeyedRedisClient("cache", static settings => settings.DisableAutoActivation = false));
        await host.StartAsync();
        Assert.True(host.Services.GetRequiredKeyedService<IConnectionMultiplexer>("cache").IsConnected);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(host, "StackExchange.Redis_cache"));
    }

    [Fact]
    public void Missing_connection_string_is_told()
    {
        using var host = Host(("a", "b"), static builder => builder.AddRedisClient("bus"));
        var failure = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<IConnectionMultiplexer>);
        Assert.Contains("ConnectionStrings:bus", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_become_spans_below_the_current_one()
    {
        await using var redis = new RedisBuilder("redis:7.0").Build();
        await redis.StartAsync();
        var spans = new ConcurrentQueue<Activity>();
        using (var host = Host(("ConnectionStrings:bus", redis.GetConnectionString()), builder =>
        {
            builder.AddRedisClient("bus");
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing
                .AddSource("test").AddProcessor(new Keep(spans)));
        }))
        {
            await host.StartAsync();
            var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
            using var source = new ActivitySource("test");
            using (source.StartActivity("parent"))
            {
                await database.StringSetAsync("k", "v");
            }

            await Task.Delay(1500);
        }

        var set = Assert.Single(spans, static span => span.DisplayName == "SET");
        Assert.Equal(spans.Single(static span => span.DisplayName == "parent").SpanId, set.ParentSpanId);
        Assert.Equal(ActivityKind.Client, set.Kind);
    }

    internal static IHost Host((string Key, string Value) setting, Action<HostApplicationBuilder> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration[setting.Key] = setting.Value;
        configure(builder);
        return builder.Build();
    }

    internal static async Task<HealthStatus> HealthAsync(IHost host, string name)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries[name].Status;
    }

    private sealed class Keep(ConcurrentQueue<Activity> spans) : OpenTelemetry.BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => spans.Enqueue(data);
    }
}
