using System.Net;
using System.Text;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.PatternEngine.Classes;
using AITrader.PatternEngine.Diagnostics;
using AITrader.PatternEngine.Engine;
using AITrader.Signals.Patterns.Models;
using AITrader.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.PatternEngine.Tests.Classes;

public sealed class SignalClassifierTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signals_have_the_class_of_the_shipped_model_whatever_the_batches()
    {
        var port = FreePort.Find();
        await using var server = await ModelServer.StartAsync(port);
        await using var services = Services(new StubRunner(), $"http://127.0.0.1:{port}", stubbed: false);
        var ticks = Samples.Ticks("r-1", 6_000);
        var whole = await SignalsAsync(services, ticks, 6_000);
        Assert.Equal(whole, await SignalsAsync(services, ticks, 97));

        var classes = await ReadingsAsync(services, ticks);
        Assert.True(classes.Count(static one => one is null) is > 0 and < 30, "before there are enough bars");
        var known = classes.OfType<Domain.Signals.PatternReading>().ToList();
        Assert.True(known.Count > 10, $"{known.Count} classified");
        Assert.All(known, static one =>
        {
            Assert.Equal(("cnn-pattern", "1"), (one.Model, one.Version));
            Assert.Contains(PatternClasses.All, known => known.Name == one.Class);
            Assert.InRange(one.Probability, 1.0 / PatternClasses.All.Count, 1);
            Assert.InRange(one.Lean, -1, 1);
        });
        Assert.True(known.DistinctBy(static one => one.Class).Count() > 1, "the model says one thing of everything");
        Assert.Contains("version 1 answers", services.GetRequiredService<SignalClassifier>().State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lean_is_up_minus_down()
    {
        await using var services = Services(new StubRunner(), "http://runner");
        var signals = Found(string.Empty);
        await services.GetRequiredService<SignalClassifier>().ClassifyAsync(signals, Ct);
        Assert.Equal(new Domain.Signals.PatternReading("cnn-pattern", "3", "momentum_up", 0.5, 0.4), signals[0].Signal.Features.Class);
    }

    [Fact]
    public async Task Off_it_asks_nobody()
    {
        var runner = new StubRunner();
        await using var services = Services(runner, string.Empty);
        await services.GetRequiredService<SignalClassifier>().ClassifyAsync(Found("r-1"), Ct);
        Assert.Equal(0, runner.Asked);
        Assert.StartsWith("off", services.GetRequiredService<SignalClassifier>().State, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Faults { get; } =
        new()
        {
            { "gone", "no route" },
            { "404", "404" },
            { "503", "503" },
            { "shape", "is [1, 3]" },
            { "name", "no 'probabilities'" },
            { "short", "bytes are not" },
            { "nan", "is no probability" },
            { "sum", "a sum of" },
            { "no header", "Inference-Header-Content-Length" },
            { "beyond", "Inference-Header-Content-Length" },
            { "no json", "cannot be read" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Of_a_runner_that_fails_live_signals_have_no_class_and_a_replay_begins_anew(string fault, string reason)
    {
        await using var services = Services(new StubRunner { Answer = _ => Task.FromResult(Faulty(fault)) }, "http://runner");
        var classifier = services.GetRequiredService<SignalClassifier>();
        var live = Found(string.Empty);
        await classifier.ClassifyAsync(live, Ct);
        Assert.Null(live[0].Signal.Features.Class);
        Assert.Contains(reason, classifier.State, StringComparison.Ordinal);
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => classifier.ClassifyAsync(Found("r-1"), Ct));
        Assert.True(problem is HttpRequestException or InvalidDataException, problem.ToString());
    }

    [Fact]
    public async Task A_late_answer_costs_a_live_signal_its_class_only()
    {
        var time = new FakeTimeProvider();
        var runner = new StubRunner
        {
            Answer = async ct =>
            {
                await Task.Delay(TimeSpan.FromMinutes(5), time, ct);
                return StubRunner.Good();
            },
        };
        await using var services = Services(runner, "http://runner", time: time);
        var classifier = services.GetRequiredService<SignalClassifier>();
        var live = Found(string.Empty);
        var asking = classifier.ClassifyAsync(live, Ct);
        time.Advance(TimeSpan.FromMilliseconds(24));
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await asking;
        Assert.Null(live[0].Signal.Features.Class);
        Assert.EndsWith("late", classifier.State, StringComparison.Ordinal);

        var replay = classifier.ClassifyAsync(Found("r-1"), Ct);
        time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<TimeoutException>(() => replay);

        using var stop = new CancellationTokenSource();
        var stopped = classifier.ClassifyAsync(Found(string.Empty), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
    }

    [Fact]
    public async Task A_runner_that_keeps_failing_is_left_alone_for_a_while()
    {
        var time = new FakeTimeProvider();
        var runner = new StubRunner { Answer = static _ => throw new HttpRequestException("no route") };
        await using var services = Services(runner, "http://runner", time: time);
        var classifier = services.GetRequiredService<SignalClassifier>();
        for (var i = 0; i < 20; i++)
        {
            await classifier.ClassifyAsync(Found(string.Empty), Ct);
        }

        Assert.InRange(runner.Asked, 5, 6);
        Assert.EndsWith("cut off", classifier.State, StringComparison.Ordinal);
        runner.Answer = static _ => Task.FromResult(StubRunner.Good());
        time.Advance(TimeSpan.FromSeconds(6));
        var live = Found(string.Empty);
        await classifier.ClassifyAsync(live, Ct);
        Assert.NotNull(live[0].Signal.Features.Class);
    }

    [Theory]
    [InlineData("Runner", "onnx-runner")]
    [InlineData("Model", "../other")]
    [InlineData("Bars", "4")]
    [InlineData("BarSeconds", "0")]
    [InlineData("Deadline", "00:01:00")]
    [InlineData("Rest", "00:00:00")]
    public async Task A_setting_that_makes_no_sense_is_refused_by_name(string setting, string value)
    {
        await using var services = Services(new StubRunner(), "http://runner", new() { [$"Classifier:{setting}"] = value });
        var problem = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ClassifierOptions>>().Value);
        Assert.Contains(setting, problem.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Faulty(string fault) =>
        fault switch
        {
            "gone" => throw new HttpRequestException("no route"),
            "404" => new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("no model") },
            "503" => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
            "shape" => StubRunner.Good(shape: "[1,3]"),
            "name" => StubRunner.Good(name: "forecast"),
            "short" => StubRunner.Good(numbers: [1f]),
            "nan" => StubRunner.Good(numbers: [float.NaN, 0, 0, 0, 0, 0, 1]),
            "sum" => StubRunner.Good(numbers: [0.5f, 0, 0, 0, 0, 0, 0.4f]),
            "no header" => StubRunner.Answered([1, 2, 3], null),
            "beyond" => StubRunner.Answered([1, 2, 3], 4),
            _ => StubRunner.Answered(Encoding.UTF8.GetBytes("<html>"), 6),
        };

    private static ServiceProvider Services(
        StubRunner runner,
        string address,
        Dictionary<string, string?>? settings = null,
        TimeProvider? time = null,
        bool stubbed = true
    )
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["Classifier:Runner"] = address })
                .AddInMemoryCollection(settings ?? [])
                .Build()
        );
        services.AddLogging().AddMetrics().AddSingleton(time ?? TimeProvider.System).AddSingleton<PatternMetrics>();
        services.AddClassifier(static _ => { });
        if (stubbed)
        {
            services.AddHttpClient(nameof(ClassifierClient)).ConfigurePrimaryHttpMessageHandler(() => runner);
        }

        return services.BuildServiceProvider();
    }

    private static List<FoundSignal> Found(string run)
    {
        using var engine = new TickEngine(Samples.Settings);
        var ticks = Samples.Ticks(run, 4_000);
        var found = engine.Handle([.. ticks.Select(static (tick, i) => new StreamEntry<Tick>($"{i + 1}-0", tick))]).Signals[0];
        return [found with { Bars = new float[5 * 64] }];
    }

    private static async Task<List<string>> SignalsAsync(ServiceProvider services, List<Tick> ticks, int batch) =>
        [.. (await HandleAsync(services, ticks, batch)).Select(static found => Samples.Show(found.Signal))];

    private static async Task<List<Domain.Signals.PatternReading?>> ReadingsAsync(ServiceProvider services, List<Tick> ticks) =>
        [.. (await HandleAsync(services, ticks, 6_000)).Select(static found => found.Signal.Features.Class)];

    private static async Task<List<FoundSignal>> HandleAsync(ServiceProvider services, List<Tick> ticks, int batch)
    {
        var options = services.GetRequiredService<IOptions<ClassifierOptions>>().Value;
        using var engine = new TickEngine(Samples.Settings with { Patterns = options.ApplyTo(Samples.Settings.Patterns) });
        var signals = new List<FoundSignal>();
        foreach (var part in ticks.Select(static (tick, i) => new StreamEntry<Tick>($"{i + 1}-0", tick)).Chunk(batch))
        {
            var result = engine.Handle(part);
            await services.GetRequiredService<SignalClassifier>().ClassifyAsync(result.Signals, Ct);
            signals.AddRange(result.Signals);
        }

        return signals;
    }
}
