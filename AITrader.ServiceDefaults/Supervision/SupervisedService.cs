using AITrader.Domain.Time;
using AITrader.ServiceDefaults.Secrets;
using AITrader.ServiceDefaults.Startup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.ServiceDefaults.Supervision;

/// <summary>A background loop that is restarted after each failure, so that it survives outages of its dependencies.</summary>
/// <remarks>
/// Each kind of failure is logged once and then counted; the loop starts again after a delay that doubles up to one
/// second. <see cref="RunAsync" /> calls <see cref="ReportProgress" /> whenever a round has worked: that ends the count,
/// says so once, and makes the next failure news again. Nothing but stopping the host ends the supervision, except that
/// <see cref="RunAsync" /> returns: then its work is done.
/// </remarks>
public abstract class SupervisedService : BackgroundService
{
    private static readonly Backoff RetryDelay = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1));
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private readonly Supervisor _supervisor;
    private readonly ILogger _logger;
    private readonly HashSet<string> _knownKinds = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private LoopState _state;
    private DateTimeOffset _remindedAt;

    /// <summary>Puts the loop under supervision.</summary>
    protected SupervisedService(Supervisor supervisor)
    {
        ArgumentNullException.ThrowIfNull(supervisor);
        _supervisor = supervisor;
        _logger = supervisor.CreateLogger(GetType());
        _state = new LoopState(GetType().Name, IsFinished: false, Failures: 0, FailingSince: null, Reason: null);
    }

    /// <summary>The loop's name on /ready and in logs. Loops of one type need names of their own.</summary>
    protected virtual string Name => GetType().Name;

    /// <summary>Does the work until the token is cancelled. The method may throw; then it is called again.</summary>
    protected abstract Task RunAsync(CancellationToken stoppingToken);

    /// <summary>Reports that a round of the loop has succeeded. The call is cheap enough for every round.</summary>
    protected void ReportProgress()
    {
        if (Volatile.Read(ref _state).FailingSince is null)
        {
            return;
        }

        lock (_gate)
        {
            var (failures, since) = (_state.Failures, _state.FailingSince!.Value);
            _knownKinds.Clear();
            SetState(_state with { Failures = 0, FailingSince = null, Reason = null });
            _logger.LoopRecovered(Name, failures, (_supervisor.Time.GetUtcNow() - since).TotalSeconds);
        }
    }

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        SetState(_state with { Name = Name });
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                Finish();
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The one catch-all of a loop: whatever happens, its work must go on.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                await DelayAsync(Count(failure), stoppingToken);
            }
        }
    }

    private void Finish()
    {
        lock (_gate)
        {
            SetState(_state with { IsFinished = true, Failures = 0, FailingSince = null, Reason = null });
        }
    }

    private TimeSpan Count(Exception failure)
    {
        lock (_gate)
        {
            var now = _supervisor.Time.GetUtcNow();
            var reason = SecretScrub.Clean($"{failure.GetType().Name}: {Outage.Describe(failure)}");
            SetState(_state with { Failures = _state.Failures + 1, FailingSince = _state.FailingSince ?? now, Reason = reason });
            Log(failure, now);
            return RetryDelay.After(_state.Failures - 1);
        }
    }

    private void Log(Exception failure, DateTimeOffset now)
    {
        var kind = $"{failure.GetType().FullName}/{failure.GetBaseException().GetType().FullName}";
        if (_knownKinds.Add(kind))
        {
            _remindedAt = now;
            _logger.LoopFailed(failure, Name);
        }
        else if (now - _remindedAt >= ReminderPeriod)
        {
            _remindedAt = now;
            _logger.LoopStillFails(Name, _state.Failures, _state.Reason!);
        }
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken stoppingToken) =>
        await Task.Delay(delay, _supervisor.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void SetState(LoopState state)
    {
        Volatile.Write(ref _state, state);
        _supervisor.Report(state);
    }
}
