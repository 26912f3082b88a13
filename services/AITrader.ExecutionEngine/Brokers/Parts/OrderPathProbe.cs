using AITrader.ExecutionEngine.Diagnostics;

namespace AITrader.ExecutionEngine.Brokers.Parts;

/// <summary>Is told of each step of <see cref="OrderPath"/> that is reached.</summary>
internal interface IOrderPathProbe
{
    Task ReachedAsync(string step, CancellationToken ct);
}

/// <summary>Goes on at every step; where the setting <c>OrderPath:StopAt</c> names one, it stops there for good: a suite that kills the
/// process at that step waits for the log line.</summary>
internal sealed class OrderPathProbe(IConfiguration configuration, ILogger<OrderPathProbe> log) : IOrderPathProbe
{
    public const string Setting = "OrderPath:StopAt";

    private readonly string? _stop = configuration[Setting];

    public Task ReachedAsync(string step, CancellationToken ct)
    {
        if (step != _stop)
        {
            return Task.CompletedTask;
        }

        log.StoppedAt(step);
        return Task.Delay(Timeout.InfiniteTimeSpan, ct);
    }
}
