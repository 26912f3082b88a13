using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;
using AITrader.Venues.Feeds;
using AITrader.Venues.Kite.Ticker;

namespace AITrader.Venues.Kite.Live;

/// <summary>Passes on what the ticker brings: ticks and depth of packets, faults, and the state of connections.</summary>
internal sealed class KiteFeedHandler(IFeedHost host) : IKiteTickerHandler
{
    private readonly List<Tick> _frame = [];
    private readonly PacketTicks _ticks = new(host.Ticks, host.Health);
    private readonly KiteDepth _depth = new(host.Books);

    /// <summary>Instruments that are followed, by token. Not while the ticker runs.</summary>
    public IReadOnlyDictionary<uint, int> Symbols { get; set; } = new Dictionary<uint, int>();

    /// <summary>What happened to these since their last recorded tick is not known.</summary>
    public void Break(IEnumerable<int> symbols) => _ticks.Break(symbols);

    /// <inheritdoc/>
    public void OnPacket(KitePacket packet, DateTimeOffset received)
    {
        if (!Symbols.TryGetValue(packet.Token, out var symbol))
        {
            return;
        }

        // A packet that is older than what is known is no news of the instrument.
        var verdict = _ticks.Append(_frame, symbol, packet, received);
        if (verdict != TickVerdict.OutOfOrder)
        {
            host.Health.Heard(symbol);
        }

        if (verdict == TickVerdict.Passed)
        {
            _depth.Take(host.Ticks.Symbols[symbol], packet, received);
        }
    }

    /// <inheritdoc/>
    public void OnRefusedPacket(KiteRefusedPacket packet)
    {
        if (packet.Reason == KiteRefusal.Segment)
        {
            host.Health.Skip(SkipReasons.Segment, $"packets of segment {packet.Segment}, as nobody can say what its prices are divided by");
        }
        else
        {
            host.Health.Skip(SkipReasons.PacketLength, $"packets of {packet.Length} bytes, which no kind of packet has");
        }
    }

    /// <inheritdoc/>
    public async ValueTask OnFrameAsync(CancellationToken ct)
    {
        host.Health.Received();
        if (_frame.Count > 0)
        {
            await host.PublishAsync(_frame, ct);
        }
    }

    /// <inheritdoc/>
    public void OnHeartbeat() => host.Health.Received();

    /// <inheritdoc/>
    public void OnDamagedFrame() => host.Health.CountGarbage();

    /// <inheritdoc/>
    public void OnText(string json)
    {
        if (!KiteTickerText.TryRead(json, out var text))
        {
            host.Health.CountGarbage();
        }
        else if (text.Type == KiteTickerText.Error)
        {
            host.Health.CountSkipped(SkipReasons.Refusal);
            host.Health.LogOnce($"the exchange refuses: {text.Data}");
            host.Health.Notice(SkipReasons.Refusal, $"the exchange refuses: {text.Data}");
        }

        // Order updates are the execution engine's business.
    }

    /// <inheritdoc/>
    public void OnConnected(KiteConnection connection)
    {
        _ticks.StartConnection(connection.Tokens.Where(Symbols.ContainsKey).Select(token => Symbols[token]));
        host.Health.Settle(SkipReasons.Refusal);
        host.Health.Connected(connection.Number, connection.Tokens.Count);
    }

    /// <inheritdoc/>
    public void OnDisconnected(KiteConnection connection, string reason) => host.Health.Disconnected(connection.Number, reason);
}
