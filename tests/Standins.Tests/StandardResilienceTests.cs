using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Standins.Tests;

public sealed class StandardResilienceTests
{
    [Fact]
    public async Task Transient_answer_is_retried()
    {
        var answers = new Answers(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        await using var services = Services(answers, static options => options.Retry.Delay = TimeSpan.Zero);
        using var response = await Client(services).GetAsync("http://any/");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, answers.Count);
    }

    [Fact]
    public async Task Unsafe_methods_can_be_left_alone()
    {
        var answers = new Answers(HttpStatusCode.ServiceUnavailable);
        await using var services = Services(answers, static options =>
        {
            options.Retry.Delay = TimeSpan.Zero;
            options.Retry.DisableForUnsafeHttpMethods();
        });
        using var response = await Client(services).PostAsync("http://any/", new StringContent("order"));
        Assert.Equal(1, answers.Count);
    }

    [Fact]
    public async Task Circuit_opens()
    {
        var answers = new Answers(HttpStatusCode.InternalServerError);
        await using var services = Services(answers, static options =>
        {
            options.Retry.ShouldHandle = static _ => ValueTask.FromResult(false);
            options.CircuitBreaker.MinimumThroughput = 5;
        });
        for (var i = 0; i < 5; i++)
        {
            using var response = await Client(services).GetAsync("http://any/");
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(() => Client(services).GetAsync("http://any/"));
        Assert.Equal(5, answers.Count);
    }

    [Fact]
    public async Task Attempt_times_out()
    {
        var answers = new Answers(HttpStatusCode.OK) { Delay = TimeSpan.FromSeconds(20) };
        await using var services = Services(answers, static options =>
        {
            options.Retry.ShouldHandle = static _ => ValueTask.FromResult(false);
            options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(50);
        });
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => Client(services).GetAsync("http://any/"));
    }

    [Fact]
    public async Task Options_bind_and_are_validated()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("R:Retry:MaxRetryAttempts", "7"), new("R:AttemptTimeout:Timeout", "00:00:20")]).Build();
        var services = new ServiceCollection();
        services.AddHttpClient("c").AddStandardResilienceHandler(configuration.GetSection("R"));
        await using var provider = services.BuildServiceProvider();
        var failure = Assert.Throws<OptionsValidationException>(
            () => provider.GetRequiredService<IOptionsMonitor<HttpStandardResilienceOptions>>().Get("c-standard"));
        Assert.Contains("sampling duration", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reloaded_options_rebuild_the_pipeline()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("R:Retry:MaxRetryAttempts", "1"), new("R:Retry:Delay", "00:00:00")]).Build();
        var answers = new Answers(HttpStatusCode.ServiceUnavailable);
        var services = new ServiceCollection();
        services.AddHttpClient("any")
            .ConfigurePrimaryHttpMessageHandler(() => answers)
            .AddStandardResilienceHandler(configuration.GetSection("R"));
        await using var provider = services.BuildServiceProvider();
        foreach (var (retries, total) in ((string, int)[])[("1", 2), ("3", 6), ("2", 9)])
        {
            configuration["R:Retry:MaxRetryAttempts"] = retries;
            configuration.Reload();
            using var response = await Client(provider).GetAsync("http://any/");
            Assert.Equal(total, answers.Count);
        }
    }

    [Fact]
    public async Task Own_pipeline_is_used_per_authority()
    {
        var answers = new Answers(HttpStatusCode.OK);
        var built = new List<string>();
        var services = new ServiceCollection();
        services.AddHttpClient("c")
            .ConfigurePrimaryHttpMessageHandler(() => answers)
            .AddResilienceHandler("own", (pipeline, context) =>
            {
                built.Add(context.InstanceName);
                pipeline.AddTimeout(TimeSpan.FromSeconds(1));
            })
            .SelectPipelineByAuthority();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("c");
        foreach (var address in (string[])["http://a/1", "http://a/2", "http://b/1"])
        {
            using var response = await client.GetAsync(address);
        }

        Assert.Equal(["http://a", "http://b"], built);
    }

    private static ServiceProvider Services(Answers answers, Action<HttpStandardResilienceOptions> configure)
    {
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http
            .ConfigurePrimaryHttpMessageHandler(() => answers)
            .AddStandardResilienceHandler(configure));
        return services.BuildServiceProvider();
    }

    private static HttpClient Client(ServiceProvider services) =>
        services.GetRequiredService<IHttpClientFactory>().CreateClient("any");

    private sealed class Answers(params HttpStatusCode[] answers) : HttpMessageHandler
    {
        public int Count;

        public TimeSpan Delay { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var index = Interlocked.Increment(ref Count) - 1;
            await Task.Delay(Delay, cancellationToken);
            return new HttpResponseMessage(answers[Math.Min(index, answers.Length - 1)]) { RequestMessage = request };
        }
    }
}
