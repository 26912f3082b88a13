using AITrader.Venues.Feeds;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>Client of the binary ticker. It spreads tokens over as many lines as Kite's limits ask for, dials again whenever a line breaks
/// or falls silent, and subscribes again.</summary>
/// <remarks><see cref="Subscribe"/> and <see cref="Unsubscribe"/> may be called from any thread, before and while it runs. Limits: Kite's
/// documentation, "WebSocket streaming".</remarks>
public sealed class KiteTicker
{
    private readonly KiteTickerOptions _options;
    private readonly KiteTickerLine[] _lines;
    private readonly Dictionary<uint, KiteTickerLine> _lineOf = [];
    private readonly Lock _gate = new();

    /// <summary>A client that is not running yet.</summary>
    /// <param name="options">Where the ticker is, and its limits.</param>
    /// <param name="credentials">Gives the credentials of each line that is dialled.</param>
    /// <param name="clock">Time.</param>
    public KiteTicker(KiteTickerOptions options, Func<CancellationToken, Task<KiteCredentials>> credentials, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.TokensPerLine);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Lines);
        _options = options;
        _lines = [.. Enumerable.Range(1, options.Lines).Select(number => new KiteTickerLine(number, options, credentials, clock))];
    }

    /// <summary>Wants these tokens in this mode.</summary>
    /// <returns>Those for which no line has room: they are not subscribed.</returns>
    public IReadOnlyList<uint> Subscribe(IEnumerable<uint> tokens, KiteMode mode)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var surplus = new List<uint>();
        lock (_gate)
        {
            foreach (var part in tokens.Distinct().ToLookup(Assign))
            {
                if (part.Key is { } line)
                {
                    line.Subscriptions.Add(part, mode);
                }
                else
                {
                    surplus.AddRange(part);
                }
            }
        }

        return surplus;
    }

    /// <summary>Wants nothing more of these tokens.</summary>
    public void Unsubscribe(IEnumerable<uint> tokens)
    {
        lock (_gate)
        {
            foreach (var part in LinesOf(tokens))
            {
                part.Key.Subscriptions.Remove(part);
                foreach (var token in part)
                {
                    part.Key.Tokens--;
                    _lineOf.Remove(token);
                }
            }
        }
    }

    /// <summary>Subscribes these once more on the lines that stand: for instruments that fell silent.</summary>
    public void Resubscribe(IEnumerable<uint> tokens)
    {
        lock (_gate)
        {
            foreach (var part in LinesOf(tokens))
            {
                part.Key.Subscriptions.Repeat(part);
            }
        }
    }

    /// <summary>Gives the lines of these tokens up for new ones; where no line stands nothing happens.</summary>
    public void Redial(IEnumerable<uint> tokens, string reason)
    {
        lock (_gate)
        {
            foreach (var part in LinesOf(tokens))
            {
                part.Key.Cut(reason);
            }
        }
    }

    /// <summary>Listens until cancelled.</summary>
    /// <exception cref="KiteException">The credentials are refused: a new session is needed. Everything else is tried again.</exception>
    public async Task RunAsync(IKiteTickerHandler handler, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(handler);
        using var turns = new KiteTurns(handler);
        await LinkedTasks.RunAsync(
            ct,
            [.. _lines.Select<KiteTickerLine, Func<CancellationToken, Task>>(line => end => line.RunAsync(turns, end))]
        );
    }

    private ILookup<KiteTickerLine, uint> LinesOf(IEnumerable<uint> tokens) =>
        tokens.Distinct().Where(_lineOf.ContainsKey).ToLookup(token => _lineOf[token]);

    private KiteTickerLine? Assign(uint token)
    {
        if (!_lineOf.TryGetValue(token, out var line))
        {
            line = Array.Find(_lines, found => found.Tokens < _options.TokensPerLine);
            if (line is null)
            {
                return null;
            }

            line.Tokens++;
            _lineOf.Add(token, line);
        }

        return line;
    }
}
