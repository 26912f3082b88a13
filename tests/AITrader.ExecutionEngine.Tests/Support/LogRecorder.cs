using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AITrader.ExecutionEngine.Tests.Support;

/// <summary>Keeps what is logged, each line with the trace that it belongs to.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string Text, string TraceId)> _lines = [];

    public IReadOnlyList<(string Text, string TraceId)> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Enqueue((formatter(state, exception), Activity.Current?.TraceId.ToHexString() ?? string.Empty));

    public void Dispose() { }
}
