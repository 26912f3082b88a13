using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;

namespace AITrader.Contracts.Codecs;

/// <summary>The codec of each message type.</summary>
public static class StreamCodecs
{
    /// <summary>The field that carries the W3C traceparent, on every stream.</summary>
    public static FieldName Trace => Fields.Trace;

    /// <summary>The codec of <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">The type is no message.</exception>
    public static IStreamCodec<T> For<T>()
        where T : class => Cache<T>.Codec ?? throw new NotSupportedException($"{typeof(T).Name} is not a stream message");

    private static object? Create(Type type) =>
        type switch
        {
            _ when type == typeof(Tick) => new TickCodec(),
            _ when type == typeof(Signal) => new SignalCodec(),
            _ when type == typeof(SymbolSignal) => new SymbolSignalCodec(),
            _ when type == typeof(OrderMessage) => new OrderCodec(),
            _ when type == typeof(Fill) => new FillCodec(),
            _ when type == typeof(DecisionMessage) => new DecisionCodec(),
            _ when type == typeof(SentimentReading) => new SentimentCodec(),
            _ when type == typeof(JobMessage) => new JobCodec(),
            _ => null,
        };

    private static class Cache<T>
        where T : class
    {
        public static readonly IStreamCodec<T>? Codec = (IStreamCodec<T>?)Create(typeof(T));
    }
}
