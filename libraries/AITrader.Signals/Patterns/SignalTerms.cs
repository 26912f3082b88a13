namespace AITrader.Signals.Patterns;

/// <summary>What every pattern's signals have by its parameters; one for all symbols that have them.</summary>
/// <param name="HorizonSeconds">Event time that a signal speaks of.</param>
/// <param name="CooldownMicros">Least event time between two signals of one symbol.</param>
internal readonly record struct SignalTerms(double HorizonSeconds, long CooldownMicros)
{
    internal static SignalTerms Of(PatternValues values) =>
        new(values.HorizonSeconds, values.Cooldown.Ticks / TimeSpan.TicksPerMicrosecond);
}
