using AITrader.Storage.Model;
using Microsoft.Extensions.Options;

namespace AITrader.Storage.Outbox;

/// <summary>Writes outbox rows of this service.</summary>
internal sealed class OutboxWriter(IOptions<OutboxOptions> options, TimeProvider time) : IOutbox
{
    // The identity only has to be new: it says "the same publication again", nothing is derived from it.
    public void Add<T>(AITraderDbContext db, T message)
        where T : class => Add(db, Guid.CreateVersion7(time.GetUtcNow()), message);

    public void Add<T>(AITraderDbContext db, Guid id, T message)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(db);
        db.Outbox.Add(OutboxMessages.Write(id, message, options.Value.Source, time.GetUtcNow()));
    }
}
