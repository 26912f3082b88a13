using System.Diagnostics.Metrics;

namespace AITrader.MarketData.Diagnostics;

/// <summary>What the service counts.</summary>
internal sealed class MarketDataMetrics
{
    public const string Name = "AITrader.MarketData";

    private readonly Counter<long> _published;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _connections;

    public MarketDataMetrics(IMeterFactory meters)
    {
#pragma warning disable CA2000 // The factory owns the meters it makes.
        var meter = meters.Create(Name);
#pragma warning restore CA2000
        _published = meter.CreateCounter<long>("aitrader.marketdata.ticks_published", "{tick}", "Ticks published, by source.");
        _stored = meter.CreateCounter<long>("aitrader.marketdata.ticks_stored", "{tick}", "Ticks stored for the first time.");
        _connections = meter.CreateCounter<long>("aitrader.marketdata.feed_connections", "{connection}", "Connections made to the live feed.");
    }

    public void Published(long ticks, string source) => _published.Add(ticks, new KeyValuePair<string, object?>("source", source));

    public void Stored(long ticks) => _stored.Add(ticks);

    public void FeedConnected() => _connections.Add(1);
}
