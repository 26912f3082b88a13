using AITrader.Domain.Time;
using AITrader.SentimentEngine.Diagnostics;
using AITrader.SentimentEngine.Fetching;
using AITrader.SentimentEngine.Sources;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Polling;

/// <summary>Asks one source again and again. What a source does wrong is its own matter: the others go on.</summary>
/// <remarks>What the last answer said of itself is sent again only once its items are stored; and it is not kept over a restart, so that
/// nothing is lost between the answer and the database.</remarks>
internal sealed class SourceLoop(
    Supervisor supervisor,
    ITextSource source,
    ItemIntake intake,
    SourceStates states,
    IOptions<SourceOptions> options,
    IOptions<FetchOptions> fetch,
    SentimentMetrics metrics,
    TimeProvider time,
    ILogger<SourceLoop> logger
) : SupervisedService(supervisor)
{
    private readonly Backoff _pauses = new(fetch.Value.FirstPause, fetch.Value.MaxPause);
    private Validators? _validators;
    private SourceState _state = new(source.Setting.Name, AnsweredAt: null, Failures: 0, Reason: null);

    protected override string Name => $"{nameof(SourceLoop)} {source.Setting.Name}";

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        states.Set(_state);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = await AskAsync(stoppingToken);
            ReportProgress();
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    /// <summary>One round; returns the pause until the next.</summary>
    private async Task<TimeSpan> AskAsync(CancellationToken ct)
    {
        var answer = await source.ReadAsync(_validators, ct);
        if (answer.Refusal is { } refusal)
        {
            return Failed(refusal, answer.Pause);
        }

        if (answer.Result is { } result)
        {
            await intake.TakeAsync(source.Setting, [.. result.Items.Take(options.Value.MaxItems)], ct);
            if (result.Items.Count == 0 && result.Faults.Count > 0)
            {
                return Failed(result.Faults[0], pause: null);
            }

            Report(result.Faults);
        }

        _validators = answer.Validators;
        Worked();
        return source.Setting.Every ?? options.Value.Every;
    }

    private TimeSpan Failed(string reason, TimeSpan? pause)
    {
        metrics.Failed(source.Setting.Name);
        if (reason != _state.Reason)
        {
            logger.SourceFailed(source.Setting.Name, reason);
        }

        var backoff = _pauses.After(_state.Failures);
        _state = _state with { Failures = _state.Failures + 1, Reason = reason };
        states.Set(_state);
        return pause is { } asked && asked > backoff ? asked : backoff;
    }

    private void Worked()
    {
        if (_state.Failures > 0)
        {
            logger.SourceAnswers(source.Setting.Name, _state.Failures);
        }

        _state = _state with { AnsweredAt = time.GetUtcNow(), Failures = 0, Reason = null };
        states.Set(_state);
    }

    private void Report(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            metrics.Unreadable(source.Setting.Name, faults.Count);
            logger.ItemsUnreadable(source.Setting.Name, faults.Count, faults[0]);
        }
    }
}
