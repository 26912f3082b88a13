using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Contracts;
using AITrader.Contracts.Messages;

namespace AITrader.Storage;

/// <summary>The messages that an outbox row can hold, by name.</summary>
public static class OutboxMessages
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    private static readonly FrozenDictionary<string, MessageKind> ByName = new MessageKind[]
    {
        new("signal", typeof(Signal), StreamNames.Signals),
        new("order", typeof(OrderMessage), StreamNames.Orders),
        new("fill", typeof(Fill), StreamNames.Fills),
        new("decision", typeof(DecisionMessage), StreamNames.Decisions),
        new("sentiment", typeof(SentimentReading), StreamNames.Sentiment),
    }.ToFrozenDictionary(static kind => kind.Name);

    private static readonly FrozenDictionary<Type, MessageKind> ByType = ByName.Values.ToFrozenDictionary(static kind => kind.Type);

    /// <summary>The message of a row: a Signal, OrderMessage, Fill, DecisionMessage or SentimentReading.</summary>
    /// <exception cref="InvalidOperationException">The row was written by a newer version.</exception>
    public static object Read(OutboxRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return ByName.TryGetValue(row.Kind, out var kind)
            ? JsonSerializer.Deserialize(row.Payload, kind.Type, Json)!
            : throw new InvalidOperationException($"Outbox row {row.Id} holds a message of unknown kind '{row.Kind}'.");
    }

    internal static OutboxRow Write<T>(Guid id, T message, string source, DateTimeOffset now)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!ByType.TryGetValue(typeof(T), out var kind))
        {
            throw new ArgumentException($"The outbox does not know messages of type {typeof(T).Name}.", nameof(message));
        }

        return new OutboxRow
        {
            Id = id,
            Source = source,
            Stream = kind.Stream,
            Kind = kind.Name,
            Payload = JsonSerializer.Serialize(message, Json),
            CreatedAt = now,
        };
    }

    private sealed record MessageKind(string Name, Type Type, string Stream);
}
