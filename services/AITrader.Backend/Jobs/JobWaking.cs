using AITrader.Contracts.Messages;
using AITrader.Messaging;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Jobs;

/// <summary>Tells the workers that there is a job.</summary>
internal static class JobWaking
{
    public static async Task WakeAsync(IStreamPublisher bus, JobRow job, CancellationToken ct)
    {
        try
        {
            await bus.PublishAsync(new JobMessage { Id = job.Id, Type = job.Type }, ct);
        }
        catch (BusUnavailableException)
        {
            // The message only wakes a worker: the row is the request, and is found without it a minute later.
        }
    }
}
