namespace AITrader.MockMcp.Market;

/// <summary>Holds the changes that were requested for the next step of the market. Safe from any thread.</summary>
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

    /// <summary>Applies the requested changes to the market, once.</summary>
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
