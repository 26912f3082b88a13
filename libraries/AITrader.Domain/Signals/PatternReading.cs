namespace AITrader.Domain.Signals;

/// <summary>What a learned classifier says of the bars up to a signal's tick.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Class">The most probable class.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Lean">Probability of classes that point up minus that of classes that point down, in [-1, 1].</param>
public sealed record PatternReading(string Model, string Version, string Class, double Probability, double Lean);
