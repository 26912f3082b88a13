namespace AITrader.MockMcp.Market;

/// <summary>What the market is ordered to do from its next step on. Safe from any thread.</summary>
internal sealed class MarketOrders
{
    private readonly Lock _gate = new();
    private RegimePhase? _phase;
    private double? _correlation;

    public void Order(RegimePhase phase)
    {
        lock (_gate)
        {
            _phase = phase;
        }
    }

    public void Correlate(double correlation)
    {
        lock (_gate)
        {
            _correlation = correlation;
        }
    }

    /// <summary>Hands the orders to the market, once.</summary>
    public void GiveTo(MarketSimulator market)
    {
        lock (_gate)
        {
            if (_phase is { } phase)
            {
                market.Order(phase);
            }

            market.Correlation = _correlation ?? market.Correlation;
            (_phase, _correlation) = (null, null);
        }
    }
}
