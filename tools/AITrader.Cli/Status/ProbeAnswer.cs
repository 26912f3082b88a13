namespace AITrader.Cli.Status;

/// <summary>The answer of a resource to a probe.</summary>
/// <param name="WasAsked">Whether the resource was probed: not every one has an address, and one that is down is left out.</param>
/// <param name="Problem">What is wrong; null where nothing is.</param>
internal sealed record ProbeAnswer(bool WasAsked, string? Problem);
