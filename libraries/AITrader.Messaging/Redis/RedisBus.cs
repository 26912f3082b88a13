using AITrader.Contracts;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AITrader.Messaging.Redis;

/// <summary>The shared Redis connection of the process, and a factory for further connections.</summary>
/// <remarks>Safe from any thread. Commands that block on the server must not use <see cref="Database"/>, because all callers share its
/// socket.</remarks>
internal sealed class RedisBus
{
    private static readonly TimeSpan OwnConnectionTimeout = TimeSpan.FromSeconds(10);

    private readonly IConnectionMultiplexer _shared;
    private readonly RedisSettings _settings;

    public RedisBus(IConnectionMultiplexer shared, RedisSettings settings, IOptions<StreamsOptions> options)
    {
        _shared = shared;
        _settings = settings;
        Options = options.Value;
        Layout = new StreamLayout(Options.Partitions, Options.HashTag);
    }

    public StreamsOptions Options { get; }

    public StreamLayout Layout { get; }

    public IDatabase Database => _shared.GetDatabase();

    public ISubscriber Subscriber => _shared.GetSubscriber();

    public event EventHandler<ConnectionFailedEventArgs> ConnectionLost
    {
        add => _shared.ConnectionFailed += value;
        remove => _shared.ConnectionFailed -= value;
    }

    public string Key(string name) => Layout.Key(name);

    /// <summary>Opens a connection for one reader, so that its blocking reads delay no other caller. While Redis is unreachable, it
    /// connects in the background.</summary>
    public async Task<IConnectionMultiplexer> OpenOwnAsync(string clientName)
    {
        var options = _settings.Value.Clone();
        options.ClientName = clientName.Replace(' ', '_');
        options.AbortOnConnectFail = false;
        options.AsyncTimeout = (int)OwnConnectionTimeout.TotalMilliseconds;
        options.ConfigurationChannel = string.Empty;
        return await ConnectionMultiplexer.ConnectAsync(options);
    }
}
