namespace AITrader.Domain.Normalization;

/// <summary>What became of an event of a source. All but <see cref="Passed"/> mean that nothing goes downstream.</summary>
public enum TickVerdict
{
    /// <summary>It is a tick.</summary>
    Passed,

    /// <summary>Nothing was taken: events before it are missing. Bring those first, or say that none will come.</summary>
    Gap,

    /// <summary>Dropped: it was here before.</summary>
    Duplicate,

    /// <summary>Dropped: a newer state of the same thing was passed on already.</summary>
    OutOfOrder,

    /// <summary>Dropped: its price is unknown or zero.</summary>
    Unpriced,

    /// <summary>Dropped: a quote with one side only has no mid.</summary>
    OneSided,

    /// <summary>Dropped: the bid is above the ask, and the instrument's rules do not let that pass.</summary>
    Crossed,
}
