using System.Collections.Frozen;
using AITrader.Contracts.Codecs;
using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Storage.Rows;

namespace AITrader.Storage.Outbox;

/// <summary>The messages that an outbox row can hold, as the bus writes them.</summary>
public static class OutboxMessages
{
    // A cancel is no order: nobody looks for the order that came of it.
    internal const string Cancel = "OrderCancel";

    // Nor is a change one: its order was there before.
    internal const string Change = "OrderChange";

    // What the execution engine says of an order asks for nothing.
    private const string Report = "OrderReport";

    private static readonly FrozenDictionary<string, Func<OutboxRow, object>> Readers = new Dictionary<string, Func<OutboxRow, object>>
    {
        [NameOf<Signal>()] = Read<Signal>,
        [NameOf<OrderMessage>()] = Read<OrderMessage>,
        [Cancel] = Read<OrderMessage>,
        [Change] = Read<OrderMessage>,
        [Report] = Read<OrderMessage>,
        [NameOf<Fill>()] = Read<Fill>,
        [NameOf<DecisionMessage>()] = Read<DecisionMessage>,
        [NameOf<SentimentReading>()] = Read<SentimentReading>,
        [NameOf<JobMessage>()] = Read<JobMessage>,
    }.ToFrozenDictionary();

    /// <summary>The fields of the entry that the row becomes; its stream is <see cref="OutboxRow.Stream"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(OutboxRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return StreamText.FromJson(row.Payload);
    }

    /// <summary>The message of a row: a Signal, OrderMessage, Fill, DecisionMessage, SentimentReading or JobMessage.</summary>
    /// <exception cref="InvalidOperationException">The row was written by a newer version.</exception>
    public static object Read(OutboxRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Readers.TryGetValue(row.Kind, out var read)
            ? read(row)
            : throw new InvalidOperationException($"Outbox row {row.Id} holds a message of unknown kind '{row.Kind}'.");
    }

    internal static OutboxRow Write<T>(Guid id, T message, string source, DateTimeOffset now)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(message);
        return new OutboxRow
        {
            Id = id,
            Source = source,
            Stream = StreamCodecs.For<T>().StreamOf(message),
            Kind = KindOf(message),
            Payload = StreamText.ToJson(message),
            CreatedAt = now,
        };
    }

    private static string KindOf<T>(T message) =>
        message switch
        {
            OrderMessage { Event: "CANCEL" } => Cancel,
            OrderMessage { Event: "MODIFY" } => Change,
            OrderMessage { Event: not "NEW" } => Report,
            _ => NameOf<T>(),
        };

    private static string NameOf<T>() => typeof(T).Name;

    private static T Read<T>(OutboxRow row)
        where T : class => StreamText.Read<T>(Fields(row), row.Id.ToString());
}
