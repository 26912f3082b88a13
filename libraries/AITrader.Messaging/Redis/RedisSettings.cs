using StackExchange.Redis;

namespace AITrader.Messaging.Redis;

/// <summary>The settings of the shared Redis connection.</summary>
internal sealed class RedisSettings
{
    private const int RetryMilliseconds = 50;
    private const int HeartbeatMilliseconds = 250;

    private ConfigurationOptions? _value;

    public ConfigurationOptions Value => _value ?? throw new InvalidOperationException("The Redis connection has not been opened yet.");

    /// <summary>Applies the settings that the bus needs, and keeps a copy.</summary>
    public void Apply(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;

        // The default policy took 5 to 12 s where a connect died in the handshake.
        options.ReconnectRetryPolicy = new LinearRetry(RetryMilliseconds);
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(HeartbeatMilliseconds);
        _value = options.Clone();
    }
}
