using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace Standins.Tests;

public sealed class HedgingTests
{
    private static readonly TimeSpan Now = TimeSpan.Zero;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Fast_leg_wins_and_loser_is_aborted_at_its_server()
    {
        await using var gpu = await Leg.StartAsync("gpu", Slow);
        await using var cpu = await Leg.StartAsync("cpu", TimeSpan.FromMilliseconds(150));
        await using var services = Race(gpu.Uri, cpu.Uri);
        var start = Stopwatch.GetTimestamp();

        using var response = await Client(services).PostAsync("/v2/infer?x=1", new StringContent("payload"));

        Assert.Equal("cpu /v2/infer?x=1", await response.Content.ReadAsStringAsync());
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(4));
        var won = Stopwatch.GetTimestamp();
        await gpu.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(3));
        TestContext.Current.TestOutputHelper?.WriteLine($"won {Stopwatch.GetElapsedTime(start, won)} abort {Stopwatch.GetElapsedTime(won)}");
        Assert.Equal(["payload"], gpu.Bodies);
        Assert.Equal(["payload"], cpu.Bodies);
        Assert.Equal(cpu.Uri.Port, response.RequestMessage!.RequestUri!.Port);
    }

    [Fact]
    public async Task First_leg_may_win_too()
    {
        await using var gpu = await Leg.StartAsync("gpu", TimeSpan.FromMilliseconds(150));
        await using var cpu = await Leg.StartAsync("cpu", Slow);
        await using var services = Race(gpu.Uri, cpu.Uri);

        Assert.Equal("gpu /", await Client(services).GetStringAsync("/"));
        await cpu.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Quick_503_loses_to_a_later_answer()
    {
        await using var gpu = await Leg.StartAsync("gpu", Now, 503);
        await using var cpu = await Leg.StartAsync("cpu", TimeSpan.FromMilliseconds(150));
        await using var services = Race(gpu.Uri, cpu.Uri);

        Assert.Equal("cpu /", await Client(services).GetStringAsync("/"));
    }

    [Fact]
    public async Task Dead_leg_loses()
    {
        await using var cpu = await Leg.StartAsync("cpu", TimeSpan.FromMilliseconds(50));
        await using var services = Race(DeadUri(), cpu.Uri);

        Assert.Equal("cpu /", await Client(services).GetStringAsync("/"));
    }

    [Fact]
    public async Task Both_legs_failing_is_a_failure()
    {
        await using var gpu = await Leg.StartAsync("gpu", Now, 503);
        await using var cpu = await Leg.StartAsync("cpu", Now, 500);
        await using var services = Race(gpu.Uri, cpu.Uri);
        using var response = await Client(services).GetAsync("/");
        Assert.True((int)response.StatusCode >= 500);

        await using var dead = Race(DeadUri(), DeadUri());
        await Assert.ThrowsAsync<HttpRequestException>(() => Client(dead).GetAsync("/"));
    }

    [Fact]
    public async Task Waiting_race_does_not_spin()
    {
        await using var gpu = await Leg.StartAsync("gpu", TimeSpan.FromSeconds(1));
        await using var cpu = await Leg.StartAsync("cpu", TimeSpan.FromSeconds(1));
        await using var services = Race(gpu.Uri, cpu.Uri);
        var hedging = services.GetRequiredService<IOptionsMonitor<HttpStandardHedgingResilienceOptions>>().Get("inference").Hedging;
        var generate = hedging.ActionGenerator;
        var picks = 0;
        hedging.ActionGenerator = args =>
        {
            Interlocked.Increment(ref picks);
            return generate(args);
        };
        await Client(services).GetStringAsync("/");

        Assert.Equal(1, picks);
        Assert.Equal(1, gpu.Hits);
        Assert.Equal(1, cpu.Hits);
    }

    [Fact]
    public async Task Infinite_delay_is_failover_only()
    {
        await using var gpu = await Leg.StartAsync("gpu", TimeSpan.FromMilliseconds(100));
        await using var cpu = await Leg.StartAsync("cpu", Now);
        await using var services = Services(options => options.Hedging.Delay = TimeSpan.FromMilliseconds(-1), gpu.Uri, cpu.Uri);

        Assert.Equal("gpu /", await Client(services).GetStringAsync("/"));
        Assert.Equal(0, cpu.Hits);
    }

    [Fact]
    public async Task Circuit_of_one_endpoint_opens_and_spares_it()
    {
        await using var gpu = await Leg.StartAsync("gpu", Now, 503);
        await using var cpu = await Leg.StartAsync("cpu", Now);
        await using var services = Services(
            options =>
            {
                options.Hedging.Delay = TimeSpan.FromMilliseconds(-1);
                options.Endpoint.CircuitBreaker.MinimumThroughput = 4;
                options.Endpoint.CircuitBreaker.FailureRatio = 0.5;
                options.Endpoint.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(30);
            },
            gpu.Uri,
            cpu.Uri);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("cpu /", await Client(services).GetStringAsync("/"));
        }

        Assert.Equal(4, gpu.Hits);
        Assert.Equal(10, cpu.Hits);
    }

    [Fact]
    public async Task Stream_content_is_refused()
    {
        await using var services = Race(DeadUri(), DeadUri());
        using var content = new StreamContent(new MemoryStream([1]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client(services).PostAsync("/", content));
    }

    [Fact]
    public async Task Discovery_below_hedging_resolves_the_routes()
    {
        await using var gpu = await Leg.StartAsync("gpu", Now, 503);
        await using var cpu = await Leg.StartAsync("cpu", TimeSpan.FromMilliseconds(150));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("services:inference-gpu:http:0", gpu.Uri.AbsoluteUri),
            new("services:inference-cpu:http:0", cpu.Uri.AbsoluteUri),
        ]).Build();
        await using var services = Services(
            static options => options.Hedging.Delay = Now,
            http => http.Services.AddSingleton<IConfiguration>(configuration).AddServiceDiscovery(),
            new Uri("http://inference-gpu"),
            new Uri("https+http://inference-cpu"));
        Assert.Equal("cpu /x", await Client(services).GetStringAsync("/x"));
        Assert.Equal(1, gpu.Hits);
    }

    [Fact]
    public async Task Contradicting_timeouts_are_refused()
    {
        await using var services = Services(
            options => options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(1), DeadUri(), DeadUri());
        Assert.Throws<OptionsValidationException>(() => Client(services));
    }

    [Fact]
    public async Task Defaults_handlers_can_be_removed()
    {
        await using var gpu = await Leg.StartAsync("gpu", Now, 503);
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
#pragma warning disable EXTEXP0001
        services.AddHttpClient("plain").RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        await using var provider = services.BuildServiceProvider();
        using var response = await provider.GetRequiredService<IHttpClientFactory>().CreateClient("plain").GetAsync(gpu.Uri);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(1, gpu.Hits);
    }

    internal static Uri DeadUri()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return new Uri($"http://{socket.LocalEndpoint}");
    }

    private static ServiceProvider Race(params Uri[] legs) => Services(options => options.Hedging.Delay = Now, legs);

    private static ServiceProvider Services(Action<HttpStandardHedgingResilienceOptions> configure, params Uri[] legs) =>
        Services(configure, static _ => { }, legs);

    private static ServiceProvider Services(
        Action<HttpStandardHedgingResilienceOptions> configure, Action<IHttpClientBuilder> prepare, params Uri[] legs)
    {
        var services = new ServiceCollection();
        var http = services.AddHttpClient("inference", static client => client.BaseAddress = new Uri("http://inference"));
        prepare(http);
        http.AddStandardHedgingHandler(routing => routing.ConfigureOrderedGroups(options =>
            {
                foreach (var leg in legs)
                {
                    options.Groups.Add(new UriEndpointGroup { Endpoints = { new WeightedUriEndpoint { Uri = leg } } });
                }
            }))
            .Configure(options =>
            {
                options.Hedging.MaxHedgedAttempts = legs.Length - 1;
                configure(options);
            });
        if (services.Any(static service => service.ServiceType == typeof(IConfiguration)))
        {
            http.AddServiceDiscovery();
        }

        return services.BuildServiceProvider();
    }

    private static HttpClient Client(ServiceProvider services) =>
        services.GetRequiredService<IHttpClientFactory>().CreateClient("inference");
}
