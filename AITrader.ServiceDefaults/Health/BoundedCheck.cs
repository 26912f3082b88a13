using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.ServiceDefaults.Health;

/// <summary>Ends a health check after two seconds, whether it observes its token or not.</summary>
/// <remarks>
/// A check that hangs goes on in the background, in a scope of its own: the probe's scope ends with the probe's answer, and what the check
/// uses must not.
/// Probes that come meanwhile wait for the same run; a server that hangs for an hour has one check waiting for it, not hundreds.
/// </remarks>
internal sealed class BoundedCheck(Func<IServiceProvider, IHealthCheck> create, IServiceScopeFactory scopes, TimeProvider time)
    : IHealthCheck
{
    /// <summary>How long a check may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private static readonly string NoAnswer = $"no answer in {Deadline.TotalSeconds:0} s";

    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _run;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var run = Join(context);
        try
        {
            return await run.WaitAsync(Deadline, time, cancellationToken);
        }
        catch (TimeoutException) when (!run.IsFaulted)
        {
            // It may have ended in the very moment in which the wait did.
            return run.IsCompletedSuccessfully ? await run : Hangs(context);
        }
    }

    private static HealthCheckResult Hangs(HealthCheckContext context) => new(context.Registration.FailureStatus, NoAnswer);

    private Task<HealthCheckResult> Join(HealthCheckContext context)
    {
        lock (_gate)
        {
            if (_run is not { IsCompleted: false })
            {
                // On another thread: some checks block before they first await, where they open a connection for instance.
                _run = Task.Run(() => RunAsync(context), CancellationToken.None);
                _ = _run.ContinueWith(
                    static late => late.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default
                );
            }

            return _run;
        }
    }

    private async Task<HealthCheckResult> RunAsync(HealthCheckContext context)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var limit = new CancellationTokenSource(Deadline, time);
        try
        {
            var result = await create(scope.ServiceProvider).CheckHealthAsync(context, limit.Token);

            // Some checks report their own cancellation as a result.
            return limit.IsCancellationRequested && result.Status != HealthStatus.Healthy ? Hangs(context) : result;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Hangs(context);
        }
    }
}
