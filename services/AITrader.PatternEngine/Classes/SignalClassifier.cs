using AITrader.Domain.Signals;
using AITrader.PatternEngine.Diagnostics;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace AITrader.PatternEngine.Classes;

/// <summary>Gives signals their class: off the hot thread, after a batch's ticks and before its signals are published.</summary>
/// <remarks>Live, a runner that is late or away costs the class and nothing else. A replay waits, and begins its batch anew where it waited
/// in vain: what it gives does not depend on the machine's load.</remarks>
internal sealed class SignalClassifier(
    ClassifierClient client,
    IOptions<ClassifierOptions> options,
    PatternMetrics metrics,
    TimeProvider time,
    ILogger<SignalClassifier> logger
)
{
    private volatile string _state = "not asked yet";

    /// <summary>What came of it last, in words for people.</summary>
    public string State =>
        options.Value.IsOn
            ? $"{options.Value.Model} at {options.Value.Runner}: {_state}"
            : $"off: {ClassifierOptions.Section}:Runner names no runner";

    /// <summary>Adds the classes of a batch's signals.</summary>
    /// <exception cref="HttpRequestException">A replay's signals have no class yet: the runner cannot be reached.</exception>
    /// <exception cref="InvalidDataException">The same, with an answer that cannot be used.</exception>
    /// <exception cref="TimeoutException">The same, the time being over.</exception>
    public async Task ClassifyAsync(IList<FoundSignal> signals, CancellationToken ct)
    {
        if (!options.Value.IsOn)
        {
            return;
        }

        var places = Enumerable.Range(0, signals.Count).Where(i => signals[i].Bars.Length > 0);
        await Task.WhenAll(
            places
                .GroupBy(i => (signals[i].Signal.Symbol, signals[i].Signal.Run))
                .Select(group => ClassifyAsync(signals, group.Key.Symbol, group.Key.Run.Length > 0, [.. group], ct))
        );
    }

    private async Task ClassifyAsync(IList<FoundSignal> signals, string symbol, bool isReplay, int[] places, CancellationToken ct)
    {
        var readings = await AskAsync(symbol, [.. places.Select(place => signals[place].Bars)], isReplay, ct);
        for (var i = 0; i < places.Length && readings is not null; i++)
        {
            var found = signals[places[i]];
            signals[places[i]] = found with
            {
                Signal = found.Signal with { Features = found.Signal.Features with { Class = readings[i] } },
            };
        }
    }

    private async Task<IReadOnlyList<PatternReading>?> AskAsync(string symbol, float[][] windows, bool isReplay, CancellationToken ct)
    {
        var begin = time.GetTimestamp();
        using var limit = new CancellationTokenSource(isReplay ? options.Value.ReplayDeadline : options.Value.Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            var readings = await client.ClassifyAsync(symbol, windows, both.Token);
            metrics.Classified("answered", windows.Length, time.GetElapsedTime(begin));
            _state = $"version {readings[0].Version} answers";
            return readings;
        }
        catch (Exception problem) when (Describe(problem, ct) is { } reason)
        {
            metrics.Classified(reason, windows.Length, time.GetElapsedTime(begin));
            Report(problem, reason);
            if (!isReplay)
            {
                return null;
            }

            if (problem is OperationCanceledException)
            {
                throw new TimeoutException($"no class of {symbol} from {State}", problem);
            }

            throw;
        }
    }

    private static string? Describe(Exception problem, CancellationToken ct) =>
        problem switch
        {
            OperationCanceledException => ct.IsCancellationRequested ? null : "late",
            BrokenCircuitException => "cut off",
            HttpRequestException or IOException or InvalidDataException => "failed",
            _ => null,
        };

    private void Report(Exception problem, string reason)
    {
        var state = problem is OperationCanceledException or BrokenCircuitException ? reason : $"{reason}: {problem.Message}";
        if (state != _state)
        {
            logger.NoClass(State[..State.IndexOf(':', StringComparison.Ordinal)], state);
        }

        _state = state;
    }
}
