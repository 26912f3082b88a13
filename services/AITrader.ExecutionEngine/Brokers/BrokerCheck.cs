using System.Globalization;
using AITrader.ExecutionEngine.Brokers.Parts;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Brokers;

/// <summary>A broker that does not answer, orders that stay unknown and books that differ are told; without contact for long, nothing that
/// is traded is watched.</summary>
internal sealed class BrokerCheck(BrokerState state, IOptions<BrokerOptions> options, TimeProvider time) : IHealthCheck
{
    private const int MaxNames = 5;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(state.Reading, time.GetUtcNow()));

    private HealthCheckResult Check(BrokerReading reading, DateTimeOffset now)
    {
        if (reading.Broker.Length == 0)
        {
            return HealthCheckResult.Healthy("another instance has the account");
        }

        var problems = Problems(reading, now).ToList();
        var isAway = reading.LostSince is { } lost && now - lost >= options.Value.CancelAfterOutage;
        return problems.Count == 0 ? HealthCheckResult.Healthy($"{reading.Broker}: the books agree")
            : isAway ? HealthCheckResult.Unhealthy(string.Join("; ", problems))
            : HealthCheckResult.Degraded(string.Join("; ", problems));
    }

    private IEnumerable<string> Problems(BrokerReading reading, DateTimeOffset now)
    {
        if (reading.LostSince is { } lost)
        {
            yield return Text($"{reading.Broker} does not answer for {(now - lost).TotalSeconds:0} s: {reading.Failure}");
        }

        if (!reading.IsAgreed)
        {
            yield return "live orders wait until the books are compared, and are denied after Execution:MaxOrderAge";
        }

        var unknown = reading.Unknown.Where(order => now - order.Since >= options.Value.UnknownAlarm).ToList();
        if (unknown.Count > 0)
        {
            var names = string.Join(", ", unknown.Take(MaxNames).Select(static order => order.OrderId));
            yield return Text($"{unknown.Count} orders are unknown to us and perhaps at the broker: {names}");
        }

        foreach (var difference in reading.Differences.Where(static difference => difference.Kind != "foreign_order").Take(MaxNames))
        {
            yield return $"{difference.Kind} {difference.Key}: ours {difference.Ours}, theirs {difference.Theirs} ({difference.Policy})";
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
