using AITrader.Domain.Instruments;
using AITrader.Domain.Signals;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Broker;

/// <summary>The last reading of the account at the broker, and its bound for live orders. Safe from any thread.</summary>
internal sealed class BrokerBoard(IOptions<BrokerOptions> options, TimeProvider time)
{
    private const string NotYet = "not read yet";

    private volatile BrokerAccount? _account;
    private volatile BrokerReading _newest = new(null, NotYet);

    public bool IsEnabled => options.Value.Enabled;

    /// <summary>The last account that could be read.</summary>
    public BrokerAccount? Account => _account;

    /// <summary>What came of the last reading.</summary>
    public BrokerReading Newest => _newest;

    /// <summary>Whether the account is known well enough to bound orders.</summary>
    public bool IsKnown => _account is { } account && time.GetUtcNow() - account.At <= options.Value.MaxAge;

    public void Show(BrokerReading reading)
    {
        _newest = reading;
        _account = reading.Account ?? _account;
    }

    /// <summary>The margin that bounds an order of a live signal; none where the account does not concern it or is not known.</summary>
    public (decimal? Margin, BrokerTrace? Provenance) MarginFor(Signal signal, Instrument? terms)
    {
        if (!IsEnabled || signal.Run.Length > 0 || terms?.Currency != options.Value.Currency)
        {
            return (null, null);
        }

        var account = _account;
        if (account is null || !IsKnown)
        {
            return (null, new BrokerTrace("unknown", _newest.Problem ?? "its last reading is too old"));
        }

        var age = Math.Round((time.GetUtcNow() - account.At).TotalSeconds, 3);
        return (account.AvailableMargin, new BrokerTrace("known") { AvailableMargin = account.AvailableMargin, AgeSeconds = age });
    }
}
