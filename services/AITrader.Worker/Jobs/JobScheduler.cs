using System.Globalization;
using AITrader.Domain.Ids;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Jobs;

namespace AITrader.Worker.Jobs;

/// <summary>Creates jobs at regular intervals. Their ids are derived from type and time slot, so that several workers create one
/// job.</summary>
internal sealed class JobScheduler(Supervisor supervisor, IEnumerable<IJobHandler> handlers, JobCreator queue, TimeProvider time)
    : SupervisedService(supervisor)
{
    private static readonly TimeSpan MaxSleep = TimeSpan.FromMinutes(1);

    private readonly List<IJobHandler> _scheduled = [.. handlers.Where(static handler => handler.Every is not null)];

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        var made = new Dictionary<string, long>(StringComparer.Ordinal);
        while (true)
        {
            foreach (var handler in _scheduled)
            {
                var slot = SlotOf(handler);
                if (made.GetValueOrDefault(handler.Type, -1) != slot)
                {
                    await queue.EnqueueAsync(IdOf(handler.Type, slot), handler.Type, "{}", stoppingToken);
                    made[handler.Type] = slot;
                }
            }

            ReportProgress();
            await Task.Delay(SleepTime(), time, stoppingToken);
        }
    }

    private static Guid IdOf(string type, long slot) =>
        DeterministicId.Create("job", string.Create(CultureInfo.InvariantCulture, $"{type}:{slot}"));

    private long SlotOf(IJobHandler handler) => time.GetUtcNow().UtcTicks / handler.Every!.Value.Ticks;

    // Until the next slot begins, at most a minute, because the clock may be adjusted.
    private TimeSpan SleepTime()
    {
        var now = time.GetUtcNow().UtcTicks;
        var next = _scheduled
            .Select(handler => handler.Every!.Value.Ticks - (now % handler.Every.Value.Ticks))
            .DefaultIfEmpty(MaxSleep.Ticks)
            .Min();
        return TimeSpan.FromTicks(Math.Min(next, MaxSleep.Ticks));
    }
}
