using System.Globalization;
using AITrader.Storage.Outbox;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AITrader.Storage.Leasing;

/// <summary>Takes a lease when it is free and renews it; until then this process is a standby, which /ready reports.</summary>
public sealed class LeaseKeeper : BackgroundService, IHealthCheck
{
    private const int RenewalsInALife = 5;

    // Work begun in the last moment of a lease, such as a read that blocks, must be over when another process takes over.
    private const double UsableShare = 0.5;
    private const string NotYetKnown = "the lease has not been asked for yet";

    private readonly Leases _leases;
    private readonly TimeProvider _time;
    private readonly ILogger<LeaseKeeper> _log;
    private readonly TimeSpan _life;
    private readonly string _name;
    private readonly string _holder;
    private readonly Lock _gate = new();
    private TaskCompletionSource<HeldLease> _arrival = NewArrival();
    private CancellationTokenSource? _held;
    private HeldLease? _present;
    private string _role = NotYetKnown;
    private bool _isStandby;

    /// <summary>Keeps the lease of a name.</summary>
    public LeaseKeeper(
        string name,
        Leases leases,
        IOptions<LeaseOptions> options,
        IOptions<OutboxOptions> identity,
        TimeProvider time,
        ILogger<LeaseKeeper> log
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(time);
        (_name, _leases, _time, _log, _life) = (name, leases, time, log, options.Value.Life);

        // Unique: two processes with one name would renew each other's lease.
        _holder = string.Create(
            CultureInfo.InvariantCulture,
            $"{identity.Value.Source} {Environment.MachineName}/{Environment.ProcessId} {Guid.CreateVersion7(time.GetUtcNow()):N}"
        );
    }

    /// <summary>The lease, as soon as this process has it. <paramref name="standby"/> is called again and again while another one has
    /// it.</summary>
    public async Task<HeldLease> HeldAsync(Action standby, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(standby);
        while (true)
        {
            var (arrival, isStandby) = Arrival();
            if (arrival.IsCompletedSuccessfully && await arrival is { Lost.IsCancellationRequested: false } held)
            {
                return held;
            }

            if (isStandby)
            {
                standby();
            }

            // An expired lease stays in place until the keeper withdraws it.
            var pause = Task.Delay(_life / RenewalsInALife, _time, ct);
            await (arrival.IsCompleted ? pause : Task.WhenAny(arrival, pause));
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_present is null ? HealthCheckResult.Degraded(_role) : HealthCheckResult.Healthy(_role));
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Withdraw("given back") is { } lease)
        {
            await GiveBackAsync(lease, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _held?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RenewAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The one supervised loop: whatever failed, the lease runs out by itself and is asked for again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Failed(failure);
            }

            await Task.Delay(_life / RenewalsInALife, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        // Measured from before the request, so that it ends by this clock before it does by the database's.
        var began = _time.GetTimestamp();
        var answer = await _leases.TryTakeAsync(_name, _holder, _life, ct);
        if (answer.Lease is { } lease)
        {
            Hold(lease, (_life * UsableShare) - _time.GetElapsedTime(began));
        }
        else
        {
            Wait(answer);
        }
    }

    private void Hold(Lease lease, TimeSpan left)
    {
        TaskCompletionSource<HeldLease> arrival;
        HeldLease present;
        lock (_gate)
        {
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            if (_present?.Lease == lease && !_present.Lost.IsCancellationRequested)
            {
                _held!.CancelAfter(left);
                return;
            }

            _held?.Dispose();
            _held = new CancellationTokenSource(left, _time);
            _present = present = new HeldLease(lease, _held.Token);
            _isStandby = false;
            _role = string.Create(CultureInfo.InvariantCulture, $"holds the lease '{lease.Name}' (number {lease.Token})");
            _arrival = _arrival.Task.IsCompleted ? NewArrival() : _arrival;
            arrival = _arrival;
        }

        _log.LeaseHeld(lease.Name, lease.Token, lease.Holder);
        arrival.TrySetResult(present);
    }

    private void Wait(LeaseAnswer answer)
    {
        var role = string.Create(
            CultureInfo.InvariantCulture,
            $"standby: {answer.Holder} holds the lease '{_name}' until {answer.ExpiresAt:yyyy-MM-dd'T'HH:mm:ss'Z'} and renews it; this instance takes over when that ends"
        );
        if (Withdraw(role) is { } lost)
        {
            _log.LeaseLost(lost.Name, lost.Token, answer.Holder);
        }
        else if (HasChanged(role))
        {
            _log.LeaseAwaited(_name, answer.Holder);
        }

        lock (_gate)
        {
            (_role, _isStandby) = (role, true);
        }
    }

    private (Task<HeldLease> Arrival, bool IsStandby) Arrival()
    {
        lock (_gate)
        {
            return (_arrival.Task, _isStandby);
        }
    }

    private void Failed(Exception failure)
    {
        var isOver = _present?.Lost.IsCancellationRequested == true;
        var role = $"the lease '{_name}' cannot be asked for: {failure.GetBaseException().Message}";
        if (isOver)
        {
            Withdraw(role);
        }

        if (_present is null && HasChanged(role))
        {
            _log.LeaseUnknown(failure, _name);
        }
    }

    private bool HasChanged(string role)
    {
        lock (_gate)
        {
            // The first word is the kind; the rest changes every second.
            var hasChanged = _role.Split(' ')[0] != role.Split(' ')[0];
            _role = role;
            return hasChanged;
        }
    }

    // Cancels the work under the lease; waiters get the next one.
    private Lease? Withdraw(string role)
    {
        CancellationTokenSource? held;
        Lease? lease;
        lock (_gate)
        {
            (held, lease) = (_held, _present?.Lease);
            if (lease is null)
            {
                return null;
            }

            (_held, _present, _role) = (null, null, role);
            _arrival = NewArrival();
        }

        held!.Cancel();
        held.Dispose();
        return lease;
    }

    private async Task GiveBackAsync(Lease lease, CancellationToken ct)
    {
        try
        {
            await _leases.ReleaseAsync(lease, ct);
        }
#pragma warning disable CA1031 // The process ends: a lease that is not released expires.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _log.LeaseNotGivenBack(failure, lease.Name);
        }
    }

    private static TaskCompletionSource<HeldLease> NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Log messages of the keeper. Event ids 9100 to 9109.</summary>
internal static partial class LeaseLog
{
    [LoggerMessage(9100, LogLevel.Information, "The lease '{Name}' is ours (number {Token}) as {Holder}")]
    public static partial void LeaseHeld(this ILogger logger, string name, long token, string holder);

    [LoggerMessage(9101, LogLevel.Information, "Standby: {Holder} holds the lease '{Name}'; this instance takes over when that ends")]
    public static partial void LeaseAwaited(this ILogger logger, string name, string holder);

    [LoggerMessage(
        9102,
        LogLevel.Warning,
        "The lease '{Name}' (number {Token}) was not renewed in time and has gone to {Holder}; this instance writes nothing any more and is a standby"
    )]
    public static partial void LeaseLost(this ILogger logger, string name, long token, string holder);

    [LoggerMessage(9103, LogLevel.Warning, "The lease '{Name}' cannot be asked for; without it nothing is done")]
    public static partial void LeaseUnknown(this ILogger logger, Exception failure, string name);

    [LoggerMessage(9104, LogLevel.Information, "The lease '{Name}' could not be given back and runs out by itself")]
    public static partial void LeaseNotGivenBack(this ILogger logger, Exception failure, string name);
}
