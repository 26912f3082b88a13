namespace AITrader.MockMcp.Market;

/// <summary>What the market is forced to do from its next step on. Safe from any thread.</summary>
internal sealed class MarketControl
{
    private readonly Lock _gate = new();
    private RegimePhase? _phase;
    private double? _correlation;

    public void ForceRegime(RegimePhase phase)
    {
        lock (_gate)
        {
            _phase = phase;
        }
    }

    public void SetCorrelation(double correlation)
    {
        lock (_gate)
        {
            _correlation = correlation;
        }
    }

    /// <summary>Hands the orders to the market, once.</summary>
    public void ApplyTo(MarketSimulator market)
    {
        lock (_gate)
        {
            if (_phase is { } phase)
            {
                market.Force(phase);
            }

            market.Correlation = _correlation ?? market.Correlation;
            (_phase, _correlation) = (null, null);
        }
    }
}
