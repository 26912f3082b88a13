using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Redis;
using Microsoft.Extensions.Logging;

namespace AITrader.Messaging.Reading;

/// <summary>The identity of a reader and the services it shares with other readers.</summary>
internal sealed record ReaderContext(
    RedisBus Bus,
    string Stream,
    string Group,
    string Consumer,
    MessagingMetrics Metrics,
    DeadLetters Dead,
    TimeProvider Clock,
    ILogger Logger
);
