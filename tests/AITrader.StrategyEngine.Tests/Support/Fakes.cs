using AITrader.Inference.Client;

namespace AITrader.StrategyEngine.Tests.Support;

/// <summary>A forecaster that does as the test says; by default it answers with the last price plus one basis point a step.</summary>
internal sealed class ScriptedForecaster : IForecaster
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public Func<ForecastRequest, CancellationToken, Task<ForecastOutcome>> Answer { get; set; } =
        static (request, _) => Task.FromResult(Rising(request));

    public Task<ForecastOutcome> ForecastAsync(ForecastRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return Answer(request, cancellationToken);
    }

    public static ForecastOutcome Rising(ForecastRequest request)
    {
        var winner = new RaceLeg("onnx-runner", LegFate.Answered, TimeSpan.FromMilliseconds(1.25));
        var loser = new RaceLeg("tensorrt-runner", LegFate.Cancelled, TimeSpan.FromMilliseconds(2));
        var last = request.Prices[^1];
        return new ForecastOutcome.Answered(
            new Forecast(
                [last * 1.0001, last * 1.0005],
                new ForecastProvenance(
                    request.Model,
                    "1",
                    "CPU",
                    winner,
                    loser,
                    TimeSpan.FromMilliseconds(1.5),
                    1,
                    TimeSpan.Zero,
                    TimeSpan.FromMicroseconds(90)
                )
            )
        );
    }

    public static ForecastOutcome Late() => new ForecastOutcome.Late(TimeSpan.FromMilliseconds(60), []);
}
