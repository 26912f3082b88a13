namespace AITrader.Cli.Status;

/// <summary>What a resource says itself.</summary>
/// <param name="WasAsked">Whether it was asked: not every one has an address, and what is down need not be.</param>
/// <param name="Problem">What is wrong; null where nothing is.</param>
internal sealed record ProbeAnswer(bool WasAsked, string? Problem);
