using AITrader.SentimentEngine.Fetching;

namespace AITrader.SentimentEngine.Sources;

/// <summary>Where items come from.</summary>
internal interface ITextSource
{
    /// <summary>What is set about it.</summary>
    SourceSetting Setting { get; }

    /// <summary>Asks for what is there now.</summary>
    /// <param name="known">What the last answer that was used said of itself; null for none.</param>
    /// <param name="ct">Cancels.</param>
    Task<SourceAnswer> ReadAsync(Validators? known, CancellationToken ct);
}

/// <summary>What a source answered.</summary>
/// <param name="Result">Items and faults; null where nothing has changed or there is no answer.</param>
/// <param name="Validators">To be sent the next time, once the items are stored; null where there is no answer.</param>
/// <param name="Refusal">Why there is no answer; null where there is one.</param>
/// <param name="Pause">How long the source wants to be left alone; null where it does not say.</param>
internal sealed record SourceAnswer(ReadResult? Result, Validators? Validators, string? Refusal = null, TimeSpan? Pause = null);
