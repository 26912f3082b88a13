using System.ComponentModel.DataAnnotations;
using AITrader.Domain.Instruments;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Instruments;

/// <summary>Instruments beside the catalogue's own; section shared with the strategy engine.</summary>
internal sealed class InstrumentOptions
{
    public const string Section = "Instruments";

    /// <summary>Whether an unlisted symbol trades on the terms that its exchange prefix suggests. Default true.</summary>
    public bool AllowUnlisted { get; set; } = true;

    /// <summary>Added to the catalogue, or in place of its entries.</summary>
    [ValidateEnumeratedItems]
    public IList<InstrumentSetting> Listed { get; } = [];
}

/// <summary>One instrument as configured.</summary>
internal sealed class InstrumentSetting
{
    /// <summary>Name on its ticks, such as NSE:INFY.</summary>
    [Required]
    public string Symbol { get; set; } = string.Empty;

    /// <summary>Where it trades.</summary>
    public string Exchange { get; set; } = "UNKNOWN";

    /// <summary>ISO code of the currency that its prices are in.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>Step of its prices.</summary>
    [Range(typeof(decimal), "0.00000001", "1000000")]
    public decimal TickSize { get; set; } = 0.01m;

    /// <summary>Step of its quantities.</summary>
    [Range(typeof(decimal), "0.00000001", "1000000")]
    public decimal LotSize { get; set; } = 1m;

    /// <summary>Fee of a fill, of its notional.</summary>
    [Range(typeof(decimal), "0", "10000")]
    public decimal FeeBps { get; set; }
}

[OptionsValidator]
internal sealed partial class InstrumentOptionsValidator : IValidateOptions<InstrumentOptions>;

/// <summary>Terms by symbol.</summary>
internal sealed class InstrumentBook(IOptions<InstrumentOptions> options)
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
        ))
    );

    /// <summary>Terms; null for what is unknown or only to be watched.</summary>
    public InstrumentTerms? Find(string symbol)
    {
        var found = _allowUnlisted ? _catalogue.Get(symbol) : _catalogue.Find(symbol);
        return found is { IsTradable: true }
            ? new InstrumentTerms(found.Symbol, found.Currency, found.TickSize, found.LotSize, found.FeeBps)
            : null;
    }
}
