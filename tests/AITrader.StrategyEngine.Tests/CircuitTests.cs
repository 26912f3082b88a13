using System.Diagnostics.Metrics;
using System.Net;
using AITrader.Inference.Client;
using AITrader.StrategyEngine.Circuits;
using AITrader.StrategyEngine.Sentiment;
using AITrader.Trading.TestBench;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Polly.CircuitBreaker;

namespace AITrader.StrategyEngine.Tests;

/// <summary>Circuit breakers of outside calls, in front of a service that does as the test says.</summary>
public sealed class CircuitTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly ScriptedService _service = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task The_sentiment_engine_is_left_alone_after_three_failures_tried_again_and_called_once_it_answers()
    {
        using var host = Build();
        using var http = Client(host);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/ready", Ct));
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(() => http.GetAsync("/ready", Ct));
        Assert.Equal(3, _service.Calls);
        var check = await CheckAsync(host);
        Assert.Equal(
            (HealthStatus.Degraded, "sentiment-engine fails and is not called for a while; decisions go on without it"),
            (check.Status, check.Description)
        );
        Assert.Equal((int)CircuitState.Open, StateOf(host));

        // Half open: one call, which fails, and it is left alone again.
        _time.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/ready", Ct));
        await Assert.ThrowsAsync<BrokenCircuitException>(() => http.GetAsync("/ready", Ct));
        Assert.Equal(4, _service.Calls);

        _service.Answer = static _ => new HttpResponseMessage(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromMinutes(2));
        using var answer = await http.GetAsync("/ready", Ct);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        Assert.Equal((int)CircuitState.Closed, StateOf(host));
    }

    [Fact]
    public async Task A_report_of_503_is_read_at_once_and_is_no_failure()
    {
        using var host = Build();
        _service.Answer = static _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
        {
            Content = new StringContent("""{"checks":[{"name":"model","status":"unhealthy","description":"no model installed"}]}"""),
        };

        Assert.Equal("no model installed", await host.Services.GetRequiredService<SentimentProbe>().ReasonAsync(Ct));

        Assert.Equal(1, _service.Calls);
        using var http = Client(host);
        for (var i = 0; i < 10; i++)
        {
            using var answer = await http.GetAsync("/ready", Ct);
        }

        Assert.Equal(11, _service.Calls);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task The_reason_for_no_sentiment_says_that_it_is_not_asked()
    {
        using var host = Build();
        using var http = Client(host);
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/ready", Ct));
        }

        Assert.Equal(
            "sentiment-engine is not reachable, and is not asked for a while",
            await host.Services.GetRequiredService<SentimentProbe>().ReasonAsync(Ct)
        );
    }

    [Fact]
    public async Task A_runner_that_fails_is_cut_off_for_itself_and_called_again_once_it_answers()
    {
        using var host = Build();
        _service.Answer = static request =>
            request.RequestUri!.Host == "tensorrt-runner" ? throw new HttpRequestException("refused") : Forecast();
        for (var i = 0; i < 100; i++)
        {
            Assert.IsType<ForecastOutcome.Answered>(await ForecastAsync(host));
        }

        var circuits = host.Services.GetRequiredService<CircuitStates>();
        Assert.Equal(["tensorrt-runner"], circuits.Broken.Select(static one => one.Target));
        Assert.InRange(_service.CallsOf("tensorrt-runner"), 1, 99);
        Assert.Equal(100, _service.CallsOf("onnx-runner"));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Status);

        _service.Answer = static _ => Forecast();
        await Bench.UntilAsync(
            async () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                Assert.IsType<ForecastOutcome.Answered>(await ForecastAsync(host));
                return circuits.Broken.Count == 0;
            },
            "the runner is called again"
        );
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task With_both_runners_cut_off_there_is_no_forecast_and_the_reason_says_so()
    {
        using var host = Build();
        await Bench.UntilAsync(
            async () =>
                Assert
                    .IsType<ForecastOutcome.Failed>(await ForecastAsync(host))
                    .Reason.Contains("circuit is now open", StringComparison.Ordinal)
                && host.Services.GetRequiredService<CircuitStates>().Broken.Count == 2,
            "both are cut off"
        );

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Status);
    }

    private static Task<ForecastOutcome> ForecastAsync(IHost host) =>
        host.Services.GetRequiredService<IForecaster>().ForecastAsync(new ForecastRequest([1, 2, 3]), Ct);

    private static HttpResponseMessage Forecast() =>
        new(HttpStatusCode.OK)
        {
            Content = new StringContent(
                """
                {"model_name":"persistence","model_version":"3","parameters":{"provider":"CPU","queue_us":5,"compute_us":12},
                 "outputs":[{"name":"forecast","datatype":"FP32","shape":[1,2],"data":[7,7]}]}
                """
            ),
        };

    private static HttpClient Client(IHost host) =>
        host.Services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(SentimentProbe));

    private static async Task<HealthReportEntry> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Ct)).Entries["circuits"];

    private static int StateOf(IHost host)
    {
        var found = -1;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (
                    instrument.Name == "aitrader.strategy.circuit"
                    && instrument.Meter.Scope == host.Services.GetRequiredService<IMeterFactory>()
                )
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => found = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());

        // No answer is late: what is looked at is who is asked.
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Forecast:Deadline"] = "00:01:00", ["Forecast:AttemptTimeout"] = "00:01:00" }
        );
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        builder.AddForecastClient().ConfigurePrimaryHttpMessageHandler(() => _service);
        builder.Services.AddCircuits();
        builder.Services.AddSentimentProbe(static _ => "http://sentiment-engine");
        builder.Services.AddHttpClient(nameof(SentimentProbe)).ConfigurePrimaryHttpMessageHandler(() => _service);
        return builder.Build();
    }

    private sealed class ScriptedService : HttpMessageHandler
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _calls = [];

        public int Calls => _calls.Count;

        public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = static _ => throw new HttpRequestException("refused");

        public int CallsOf(string host) => _calls.Count(call => call == host);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _calls.Enqueue(request.RequestUri!.Host);
            return Task.FromResult(Answer(request));
        }
    }
}
