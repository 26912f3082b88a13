using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.Instruments;

/// <summary>Instruments beside the catalogue's own; one section for all engines.</summary>
public sealed class InstrumentOptions
{
    /// <summary>Its section.</summary>
    public const string Section = "Instruments";

    /// <summary>Whether an unlisted symbol trades on the terms that its exchange prefix suggests. Default true.</summary>
    public bool AllowUnlisted { get; set; } = true;

    /// <summary>Added to the catalogue, or in place of its entries.</summary>
    [ValidateEnumeratedItems]
    public IList<InstrumentSetting> Listed { get; } = [];
}
