using AITrader.Inference.Client;
using AITrader.Inference.Execution;
using AITrader.Inference.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Tests.Client;

public sealed class ForecastClientTests
{
    // Far beyond what a prompt answer takes, far below what a stalled runner would.
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(8);
    private static readonly ForecastRequest Request = new([1, 2, 3.25]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stalled_leg_does_not_hold_up_the_answer_and_is_called_off(bool isGpuStalled)
    {
        // Answers once both are under way: a first leg that answers at once may win before the second has started.
        await using var stalled = await StubRunner.StallingAsync();
        await using var healthy = await StubRunner.AnsweringAfterAsync(stalled.Arrived, 7);
        using var host = Build(isGpuStalled ? stalled.Address : healthy.Address, isGpuStalled ? healthy.Address : stalled.Address);

        var start = TimeProvider.System.GetTimestamp();
        var forecast = await AnswerAsync(host, Request);

        Assert.True(TimeProvider.System.GetElapsedTime(start) < Prompt);
        Assert.Equal([7, 7], forecast.Values);
        Assert.Equal(isGpuStalled ? "onnx-runner" : "tensorrt-runner", forecast.Provenance.Winner.Runner);
        Assert.Equal(
            (LegFate.Cancelled, isGpuStalled ? "tensorrt-runner" : "onnx-runner"),
            (forecast.Provenance.Loser!.Fate, forecast.Provenance.Loser.Runner)
        );
        await Eventually.HoldsAsync(() => stalled.Aborts == stalled.Requests, "the stalled runner sees the abort");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dead_leg_does_not_change_the_answer(bool isGpuDead)
    {
        await using var healthy = await StubRunner.AnsweringAsync(7);
        using var host = Build(isGpuDead ? StubRunner.Dead : healthy.Address, isGpuDead ? healthy.Address : StubRunner.Dead);

        Assert.Equal([7, 7], (await AnswerAsync(host, Request)).Values);
    }

    // triton-inference-server/server issue 6909: a connection that had died while nobody used it cost the next request its time limit.
    [Fact]
    public async Task Runner_that_started_anew_behind_a_kept_connection_answers_the_next_forecast()
    {
        var address = StubRunner.Dead;
        var first = await StubRunner.AnsweringAsync(7, address);
        using var host = Build(address, StubRunner.Dead);
        Assert.Equal([7, 7], (await AnswerAsync(host, Request)).Values);

        await first.DisposeAsync();
        await using var second = await StubRunner.AnsweringAsync(8, address);

        Assert.Equal([8, 8], (await AnswerAsync(host, Request)).Values);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(404)]
    public async Task Leg_that_answers_with_an_error_does_not_win(int status)
    {
        await using var failing = await StubRunner.FailingAsync(status);
        await using var healthy = await StubRunner.AnsweringAsync(7);
        using var host = Build(failing.Address, healthy.Address);

        var forecast = await AnswerAsync(host, Request);

        Assert.Equal([7, 7], forecast.Values);
        Assert.Equal("onnx-runner", forecast.Provenance.Winner.Runner);
    }

    [Fact]
    public async Task Provenance_says_who_answered_and_how_long_it_took()
    {
        await using var failing = await StubRunner.FailingAsync(500);
        await using var healthy = await StubRunner.AnsweringAsync(7);
        using var host = Build(failing.Address, healthy.Address, ("Forecast:Delay", "-00:00:00.001"));

        var provenance = (await AnswerAsync(host, Request)).Provenance;

        Assert.Equal(("persistence", "3", "CPU", 1), (provenance.Model, provenance.Version, provenance.Provider, provenance.Rounds));
        Assert.Equal((TimeSpan.FromMicroseconds(5), TimeSpan.FromMicroseconds(12)), (provenance.Queue, provenance.Compute));
        Assert.Equal(LegFate.Answered, provenance.Winner.Fate);
        Assert.True(provenance.Winner.Latency > TimeSpan.Zero && provenance.Winner.Latency <= provenance.Latency);
        Assert.Equal(
            ("tensorrt-runner", LegFate.Failed, "answered 500 InternalServerError"),
            (provenance.Loser!.Runner, provenance.Loser.Fate, provenance.Loser.Detail)
        );
    }

    [Fact]
    public async Task Both_legs_down_is_a_failure_with_reasons()
    {
        using var host = Build(StubRunner.Dead, StubRunner.Dead);

        var failed = Assert.IsType<ForecastOutcome.Failed>(await Forecaster(host).ForecastAsync(Request, Token));

        Assert.NotEmpty(failed.Reason);
        Assert.All(failed.Race, static leg => Assert.Equal(LegFate.Failed, leg.Fate));
        Assert.Equal(["onnx-runner", "tensorrt-runner"], failed.Race.Select(static leg => leg.Runner).Order());
    }

    [Fact]
    public async Task Answer_after_the_deadline_is_late()
    {
        await using var one = await StubRunner.StallingAsync();
        await using var other = await StubRunner.StallingAsync();
        using var host = Build(one.Address, other.Address, ("Forecast:Deadline", "00:00:00.200"));

        var start = TimeProvider.System.GetTimestamp();
        var late = Assert.IsType<ForecastOutcome.Late>(await Forecaster(host).ForecastAsync(Request, Token));

        Assert.True(TimeProvider.System.GetElapsedTime(start) < Prompt);
        Assert.Equal(TimeSpan.FromMilliseconds(200), late.Deadline);
        await Eventually.HoldsAsync(() => one.Aborts + other.Aborts == one.Requests + other.Requests, "both see the abort");
    }

    [Fact]
    public async Task Replay_waits_until_a_runner_is_there()
    {
        var address = StubRunner.Dead;
        using var host = Build(StubRunner.Dead, address);
        var waiting = AnswerAsync(host, Request with { Wait = ForecastWait.UntilAnswered });
        await Task.Delay(TimeSpan.FromMilliseconds(300), Token);
        Assert.False(waiting.IsCompleted);

        await using var late = await StubRunner.AnsweringAsync(7, address);

        var forecast = await waiting.WaitAsync(TimeSpan.FromSeconds(60), Token);
        Assert.Equal([7, 7], forecast.Values);
        Assert.True(forecast.Provenance.Rounds > 1);
    }

    [Fact]
    public async Task Replay_does_not_repeat_what_is_refused()
    {
        await using var one = await StubRunner.FailingAsync(400);
        await using var other = await StubRunner.FailingAsync(400);
        using var host = Build(one.Address, other.Address);

        var failed = Assert.IsType<ForecastOutcome.Failed>(
            await Forecaster(host).ForecastAsync(Request with { Wait = ForecastWait.UntilAnswered }, Token)
        );

        Assert.EndsWith("answered 400: stub says 400", failed.Reason);
    }

    [Fact]
    public async Task Answer_that_is_no_forecast_is_a_failure()
    {
        await using var babbling = await StubRunner.BabblingAsync();
        using var host = Build(babbling.Address, StubRunner.Dead);

        var failed = Assert.IsType<ForecastOutcome.Failed>(await Forecaster(host).ForecastAsync(Request, Token));

        Assert.Contains("not a forecast", Assert.Single(failed.Race, static leg => leg.Runner == "tensorrt-runner").Detail);
    }

    public static TheoryData<string> NoForecasts { get; } =
    [
        """{"outputs":[]}""",
        "",
        "<html>",
        StubRunner.Answer(7).Replace("[7,7]", "[]", StringComparison.Ordinal),
        StubRunner.Answer(7).Replace("[7,7]", "[[7,7]]", StringComparison.Ordinal),
        StubRunner.Answer(7).Replace("[7,7]", "[1e400]", StringComparison.Ordinal),
        StubRunner.Answer(7).Replace("\"forecast\"", "\"classes\"", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(NoForecasts))]
    public async Task Leg_whose_answer_is_no_forecast_does_not_win(string body)
    {
        await using var babbling = await StubRunner.BabblingAsync(body);
        await using var healthy = await StubRunner.AnsweringAfterAsync(babbling.Arrived, 7);
        using var host = Build(babbling.Address, healthy.Address);

        var forecast = await AnswerAsync(host, Request);

        Assert.Equal([7, 7], forecast.Values);
        Assert.Equal("onnx-runner", forecast.Provenance.Winner.Runner);
    }

    // The race is won by an answer, not by its headers.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leg_that_stalls_in_its_body_does_not_hold_up_the_answer(bool isGpuStalled)
    {
        await using var stalled = await StubRunner.StallingInItsBodyAsync();
        await using var healthy = await StubRunner.AnsweringAfterAsync(stalled.Arrived, 7);
        using var host = Build(isGpuStalled ? stalled.Address : healthy.Address, isGpuStalled ? healthy.Address : stalled.Address);

        var start = TimeProvider.System.GetTimestamp();
        var forecast = await AnswerAsync(host, Request);

        Assert.True(TimeProvider.System.GetElapsedTime(start) < Prompt);
        Assert.Equal([7, 7], forecast.Values);
        await Eventually.HoldsAsync(() => stalled.Aborts == stalled.Requests, "the stalled runner sees the abort");
    }

    [Fact]
    public async Task Caller_that_leaves_calls_both_legs_off()
    {
        await using var one = await StubRunner.StallingAsync();
        await using var other = await StubRunner.StallingAsync();
        using var host = Build(one.Address, other.Address);
        using var leave = new CancellationTokenSource();
        var call = Forecaster(host).ForecastAsync(Request with { Wait = ForecastWait.UntilAnswered }, leave.Token);
        await Eventually.HoldsAsync(() => one.Requests == 1 && other.Requests == 1, "both are asked");

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.HoldsAsync(() => one.Aborts == 1 && other.Aborts == 1, "both see the abort");
    }

    [Theory]
    [InlineData("00:00:20")]
    [InlineData("-00:00:00.001")]
    public async Task With_a_delay_the_second_is_not_asked_while_the_first_answers(string delay)
    {
        await using var gpu = await StubRunner.AnsweringAsync(7);
        await using var cpu = await StubRunner.AnsweringAsync(8);
        using var host = Build(gpu.Address, cpu.Address, ("Forecast:Delay", delay));

        var forecast = await AnswerAsync(host, Request);

        Assert.Equal([7, 7], forecast.Values);
        Assert.Null(forecast.Provenance.Loser);
        Assert.Equal(0, cpu.Requests);
    }

    [Fact]
    public async Task Single_runner_is_asked_once()
    {
        await using var failing = await StubRunner.FailingAsync(500);
        using var host = Build(StubRunner.Dead, failing.Address, ("Forecast:GpuRunner", ""));

        Assert.IsType<ForecastOutcome.Failed>(await Forecaster(host).ForecastAsync(Request, Token));

        Assert.Equal(1, failing.Requests);
    }

    // Retries that a host's defaults add would multiply every race.
    [Fact]
    public async Task Defaults_of_the_host_do_not_repeat_the_race()
    {
        await using var one = await StubRunner.FailingAsync(500);
        await using var other = await StubRunner.FailingAsync(500);
        using var host = Build(one.Address, other.Address);

        await Forecaster(host).ForecastAsync(Request, Token);

        Assert.Equal((1, 1), (one.Requests, other.Requests));
    }

    [Fact]
    public async Task Real_runners_give_the_last_price()
    {
        using var files = new ModelFiles().AddPersistence();
        await using var gpu = await RunnerHost.StartAsync(
            files.Root,
            [ExecutionProvider.TensorRT, ExecutionProvider.Cuda, ExecutionProvider.Cpu]
        );
        await using var cpu = await RunnerHost.StartAsync(files);
        using var host = Build(gpu.Address, cpu.Address);

        for (var i = 1; i <= 50; i++)
        {
            var forecast = await AnswerAsync(host, new ForecastRequest([1, 2, i]) { Id = $"{i}" });
            Assert.Equal(Enumerable.Repeat((double)i, 8), forecast.Values);
        }
    }

    [Theory]
    [InlineData("Forecast:CpuRunner", "onnx")]
    [InlineData("Forecast:Delay", "-00:00:05")]
    [InlineData("Forecast:Deadline", "00:00:00")]
    [InlineData("Forecast:AttemptTimeout", "01:00:00")]
    public void Bad_setting_stops_the_start(string setting, string value)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Build(StubRunner.Dead, StubRunner.Dead, (setting, value)));

        Assert.Contains(setting.Split(':')[1], failure.Message);
    }

    private static async Task<Forecast> AnswerAsync(IHost host, ForecastRequest request)
    {
        var outcome = await Forecaster(host).ForecastAsync(request, Token);
        Assert.True(outcome is ForecastOutcome.Answered, $"{outcome}");
        return ((ForecastOutcome.Answered)outcome).Forecast;
    }

    private static IForecaster Forecaster(IHost host) => host.Services.GetRequiredService<IForecaster>();

    // The deadline is generous: what these tests measure is who answers, on a machine that may be busy.
    private static IHost Build(Uri gpu, Uri cpu, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["services:tensorrt-runner:http:0"] = gpu.AbsoluteUri,
                ["services:onnx-runner:http:0"] = cpu.AbsoluteUri,
                ["Forecast:Deadline"] = "00:00:30",
                ["Forecast:AttemptTimeout"] = "00:00:30",
            }
        );
        builder.Configuration.AddInMemoryCollection(
            settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
        );
        builder.Logging.ClearProviders();

        // As AITrader.ServiceDefaults does: discovery gives a request back the address it had before.
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(static http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        builder.AddForecastClient();
        return builder.Build();
    }
}
