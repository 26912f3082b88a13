using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Redis;
using Microsoft.Extensions.Logging;

namespace AITrader.Messaging.Reading;

/// <summary>Where a reader reads: who it is, and what it shares with others.</summary>
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
