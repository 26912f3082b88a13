using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace Standins.Tests;

/// <summary>Weighted groups, and requests that are sent without await.</summary>
public sealed class RoutingTests
{
    private const int Requests = 300;

    [Fact]
    public async Task Weights_decide_how_often_a_group_comes_first()
    {
        await using var heavy = await Leg.StartAsync("heavy", TimeSpan.Zero);
        await using var light = await Leg.StartAsync("light", TimeSpan.Zero);
        await using var services = Weighted(WeightedGroupSelectionMode.EveryAttempt, (heavy.Uri, 9), (light.Uri, 1));
        for (var i = 0; i < Requests; i++)
        {
            await Client(services).GetStringAsync("/x");
        }

        // 30 of 300 are expected; being outside these bounds by chance has a probability below 1e-6.
        Assert.Equal(Requests, heavy.Hits + light.Hits);
        Assert.InRange(light.Hits, 7, 65);
    }

    [Theory]
    [InlineData(WeightedGroupSelectionMode.EveryAttempt)]
    [InlineData(WeightedGroupSelectionMode.InitialAttempt)]
    public async Task A_failing_group_is_followed_by_another_and_none_is_tried_twice(WeightedGroupSelectionMode mode)
    {
        await using var first = await Leg.StartAsync("first", TimeSpan.Zero, status: 503);
        await using var second = await Leg.StartAsync("second", TimeSpan.Zero, status: 503);
        await using var third = await Leg.StartAsync("third", TimeSpan.Zero);
        await using var services = Weighted(mode, (first.Uri, 1000), (second.Uri, 1000), (third.Uri, 1));
        Assert.Equal("third /x", await Client(services).GetStringAsync("/x"));
        Assert.InRange(first.Hits, 0, 1);
        Assert.InRange(second.Hits, 0, 1);
        Assert.Equal(1, third.Hits);
    }

    [Fact]
    public async Task The_initial_attempt_is_drawn_and_the_rest_keep_their_order()
    {
        await using var first = await Leg.StartAsync("first", TimeSpan.Zero, status: 503);
        await using var second = await Leg.StartAsync("second", TimeSpan.Zero);
        await using var third = await Leg.StartAsync("third", TimeSpan.Zero);
        await using var services = Weighted(WeightedGroupSelectionMode.InitialAttempt, (first.Uri, 64_000), (second.Uri, 1), (third.Uri, 1));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("second /x", await Client(services).GetStringAsync("/x"));
        }

        // Drawn first once in 64,002 requests.
        Assert.Equal(0, third.Hits);
    }

    [Fact]
    public async Task A_weight_spreads_the_endpoints_of_one_group()
    {
        await using var one = await Leg.StartAsync("one", TimeSpan.Zero);
        await using var two = await Leg.StartAsync("two", TimeSpan.Zero);
        var services = new ServiceCollection();
        Hedge(services, 1, routing => routing.ConfigureOrderedGroups(options =>
        {
            options.Groups.Add(new UriEndpointGroup { Endpoints = { new WeightedUriEndpoint { Uri = one.Uri, Weight = 1 }, new WeightedUriEndpoint { Uri = two.Uri, Weight = 1 } } });
            options.Groups.Add(new UriEndpointGroup { Endpoints = { new WeightedUriEndpoint { Uri = one.Uri } } });
        }));
        await using var provider = services.BuildServiceProvider();
        for (var i = 0; i < 100; i++)
        {
            await Client(provider).GetStringAsync("/x");
        }

        Assert.InRange(two.Hits, 20, 80);
    }

    [Fact]
    public async Task A_request_sent_synchronously_is_retried_and_hedged_as_well()
    {
        await using var down = await Leg.StartAsync("down", TimeSpan.Zero, status: 503);
        await using var up = await Leg.StartAsync("up", TimeSpan.Zero);
        var services = new ServiceCollection();
        services.AddHttpClient("retrying").AddStandardResilienceHandler(static options => options.Retry.Delay = TimeSpan.FromMilliseconds(1));
        Hedge(services, 1, routing => routing.ConfigureOrderedGroups(options =>
        {
            options.Groups.Add(new UriEndpointGroup { Endpoints = { new WeightedUriEndpoint { Uri = down.Uri } } });
            options.Groups.Add(new UriEndpointGroup { Endpoints = { new WeightedUriEndpoint { Uri = up.Uri } } });
        }));
        await using var provider = services.BuildServiceProvider();

        using var retrying = provider.GetRequiredService<IHttpClientFactory>().CreateClient("retrying");
        using var failed = await SendOnThreadAsync(retrying, down.Uri);
        Assert.Equal(503, (int)failed.StatusCode);
        Assert.Equal(4, down.Hits);

        using var hedging = Client(provider);
        using var answered = await SendOnThreadAsync(hedging, new Uri("http://inference/x"));
        Assert.Equal("up /x", await answered.Content.ReadAsStringAsync());
        Assert.Equal(5, down.Hits);
    }

    // A thread of its own, as a synchronous caller has; the servers need the pool.
    private static Task<HttpResponseMessage> SendOnThreadAsync(HttpClient client, Uri uri) => Task.Factory.StartNew(
        () => client.Send(new HttpRequestMessage(HttpMethod.Get, uri)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static ServiceProvider Weighted(WeightedGroupSelectionMode mode, params (Uri Uri, int Weight)[] groups)
    {
        var services = new ServiceCollection();
        Hedge(services, groups.Length - 1, routing => routing.ConfigureWeightedGroups(options =>
        {
            options.SelectionMode = mode;
            foreach (var (uri, weight) in groups)
            {
                options.Groups.Add(new WeightedUriEndpointGroup { Weight = weight, Endpoints = { new WeightedUriEndpoint { Uri = uri } } });
            }
        }));
        return services.BuildServiceProvider();
    }

    private static void Hedge(ServiceCollection services, int hedges, Action<IRoutingStrategyBuilder> route) => services
        .AddHttpClient("inference", static client => client.BaseAddress = new Uri("http://inference"))
        .AddStandardHedgingHandler(route)
        .Configure(options =>
        {
            options.Hedging.MaxHedgedAttempts = hedges;
            options.Endpoint.CircuitBreaker.MinimumThroughput = 10_000;
        });

    private static HttpClient Client(ServiceProvider services) => services.GetRequiredService<IHttpClientFactory>().CreateClient("inference");
}
