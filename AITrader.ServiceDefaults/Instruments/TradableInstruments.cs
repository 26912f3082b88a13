using AITrader.Domain.Instruments;
using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.Instruments;

/// <summary>Tradable instruments by symbol.</summary>
public sealed class TradableInstruments(IOptions<InstrumentOptions> options)
{
    private readonly bool _allowUnlisted = options.Value.AllowUnlisted;
    private readonly InstrumentCatalogue _catalogue = InstrumentCatalogue.Default.With(
        options.Value.Listed.Select(static setting => new Instrument(
            setting.Symbol,
            setting.Exchange,
            setting.Currency,
            setting.TickSize,
            setting.LotSize,
            setting.FeeBps
        )
        {
            FreezeQuantity = setting.FreezeQuantity,
        })
    );

    /// <summary>The instrument; null for what is unknown or only to be watched.</summary>
    public Instrument? Find(string symbol) =>
        (_allowUnlisted ? _catalogue.Get(symbol) : _catalogue.Find(symbol)) is { IsTradable: true } found ? found : null;
}
