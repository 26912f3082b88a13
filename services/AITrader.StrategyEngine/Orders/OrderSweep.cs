using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Outbox;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.StrategyEngine.Orders;

/// <summary>Finds lost orders and publishes them again.</summary>
internal sealed class OrderSweep(Supervisor supervisor, LostOrders lost, IOutboxRelay relay, TimeProvider time)
    : SupervisedService(supervisor)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            if (await lost.RequeueAsync(stoppingToken) > 0)
            {
                await relay.FlushAsync(stoppingToken);
            }

            ReportProgress();
            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}

/// <summary>Reports orders that stay lost: an operator has to check them.</summary>
internal sealed class OrderSweepCheck(LostOrders lost) : IHealthCheck
{
    private const int AlarmingAttempts = 3;
    private const int MaxNames = 5;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] findings =
        [
            .. Describe(lost.Missing, "orders were sent, and the execution engine has no trace of them"),
            .. Describe(lost.MissingChanges, "cancels or changes were sent, and their orders do not show it"),
        ];
        if (findings.Length == 0)
        {
            return Task.FromResult(HealthCheckResult.Healthy());
        }

        var text = $"{string.Join("; ", findings)}; see dead:orders:gateway and its log";
        return Task.FromResult(
            lost.Missing.Concat(lost.MissingChanges).Any(static order => order.Attempts >= AlarmingAttempts)
                ? HealthCheckResult.Unhealthy(text)
                : HealthCheckResult.Degraded(text)
        );
    }

    private static IEnumerable<string> Describe(IReadOnlyList<MissingOrder> missing, string what)
    {
        if (missing.Count > 0)
        {
            var names = missing
                .Take(MaxNames)
                .Select(static order => FormattableString.Invariant($"{order.Id:D} (sent {order.Attempts + 1} times)"));
            yield return FormattableString.Invariant($"{missing.Count} {what}: {string.Join(", ", names)}");
        }
    }
}
