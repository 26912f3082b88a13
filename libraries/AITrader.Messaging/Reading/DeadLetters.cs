using System.Globalization;
using AITrader.Contracts;
using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AITrader.Messaging.Reading;

/// <summary>An entry that goes to the dead letters.</summary>
internal readonly record struct DeadLetter(string Key, string Id, NameValueEntry[] Fields, int Deliveries, string Reason);

/// <summary>Moves entries to the dead-letter stream. Safe from any thread.</summary>
internal sealed class DeadLetters(RedisBus bus, MessagingMetrics metrics, ILogger<DeadLetters> logger)
{
    /// <summary>Stores the entry with its error and acknowledges it, in one transaction.</summary>
    public async Task MoveAsync(string stream, string group, DeadLetter letter, CancellationToken ct)
    {
        NameValueEntry[] fields =
        [
            .. letter.Fields,
            new("error", letter.Reason),
            new("deliveries", letter.Deliveries.ToString(CultureInfo.InvariantCulture)),
            new("entry_id", letter.Id),
            new("group", group),
        ];
        var transaction = bus.Database.CreateTransaction();
        var stored = transaction.StreamAddAsync(bus.Key(StreamNames.Dead(stream)), fields);
        _ = transaction.StreamAcknowledgeAsync(letter.Key, group, letter.Id, CommandFlags.FireAndForget);
        await RedisFailures.OrUnavailable(() => ExecuteAsync(transaction, stored), $"give up on {letter.Id} of {stream}", ct);
        metrics.Dead(stream, group);
        logger.DeadLettered(letter.Id, stream, group, letter.Deliveries, letter.Reason);
    }

    private static async Task<RedisValue> ExecuteAsync(ITransaction transaction, Task<RedisValue> stored) =>
        await transaction.ExecuteAsync() ? await stored : throw new BusUnavailableException("The transaction was discarded.");
}
