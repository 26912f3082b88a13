using AITrader.Venues.Feeds;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>Client of the binary ticker. It spreads tokens over as many connections as Kite's limits ask for, connects again whenever one
/// breaks or falls silent, and subscribes again.</summary>
/// <remarks><see cref="Subscribe"/> and <see cref="Unsubscribe"/> may be called from any thread, before and while it runs. Limits: Kite's
/// documentation, "WebSocket streaming".</remarks>
public sealed class KiteTicker
{
    private readonly KiteTickerOptions _options;
    private readonly KiteTickerConnection[] _connections;
    private readonly Dictionary<uint, KiteTickerConnection> _connectionOf = [];
    private readonly Lock _gate = new();

    /// <summary>A client that is not running yet.</summary>
    /// <param name="options">Where the ticker is, and its limits.</param>
    /// <param name="credentials">Gives the credentials of each new connection.</param>
    /// <param name="clock">Time.</param>
    public KiteTicker(KiteTickerOptions options, Func<CancellationToken, Task<KiteCredentials>> credentials, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.TokensPerConnection);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Connections);
        _options = options;
        _connections =
        [
            .. Enumerable.Range(1, options.Connections).Select(number => new KiteTickerConnection(number, options, credentials, clock)),
        ];
    }

    /// <summary>Subscribes tokens in a mode.</summary>
    /// <returns>Those for which no connection has room: they are not subscribed.</returns>
    public IReadOnlyList<uint> Subscribe(IEnumerable<uint> tokens, KiteMode mode)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var surplus = new List<uint>();
        lock (_gate)
        {
            foreach (var part in tokens.Distinct().ToLookup(Assign))
            {
                if (part.Key is { } connection)
                {
                    connection.Subscriptions.Add(part, mode);
                }
                else
                {
                    surplus.AddRange(part);
                }
            }
        }

        return surplus;
    }

    /// <summary>Unsubscribes tokens.</summary>
    public void Unsubscribe(IEnumerable<uint> tokens)
    {
        lock (_gate)
        {
            foreach (var part in ByConnection(tokens))
            {
                part.Key.Subscriptions.Remove(part);
                foreach (var token in part)
                {
                    part.Key.Tokens--;
                    _connectionOf.Remove(token);
                }
            }
        }
    }

    /// <summary>Subscribes tokens once more on the open connections: for instruments that fell silent.</summary>
    public void Resubscribe(IEnumerable<uint> tokens)
    {
        lock (_gate)
        {
            foreach (var part in ByConnection(tokens))
            {
                part.Key.Subscriptions.Repeat(part);
            }
        }
    }

    /// <summary>Makes the connections of tokens anew; nothing happens where none is open.</summary>
    public void Reconnect(IEnumerable<uint> tokens, string reason)
    {
        lock (_gate)
        {
            foreach (var part in ByConnection(tokens))
            {
                part.Key.Abort(reason);
            }
        }
    }

    /// <summary>Receives until cancelled.</summary>
    /// <exception cref="KiteException">The credentials are refused: a new session is needed. Everything else is tried again.</exception>
    public async Task RunAsync(IKiteTickerHandler handler, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(handler);
        using var handlers = new KiteHandlerQueue(handler);
        await LinkedTasks.RunAsync(
            ct,
            [
                .. _connections.Select<KiteTickerConnection, Func<CancellationToken, Task>>(connection =>
                    end => connection.RunAsync(handlers, end)
                ),
            ]
        );
    }

    private ILookup<KiteTickerConnection, uint> ByConnection(IEnumerable<uint> tokens) =>
        tokens.Distinct().Where(_connectionOf.ContainsKey).ToLookup(token => _connectionOf[token]);

    private KiteTickerConnection? Assign(uint token)
    {
        if (!_connectionOf.TryGetValue(token, out var connection))
        {
            connection = Array.Find(_connections, found => found.Tokens < _options.TokensPerConnection);
            if (connection is null)
            {
                return null;
            }

            connection.Tokens++;
            _connectionOf.Add(token, connection);
        }

        return connection;
    }
}
