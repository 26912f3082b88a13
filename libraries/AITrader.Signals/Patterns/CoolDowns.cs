using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>Least event time between two signals of one pattern on one symbol: until when each pattern of the catalogue is quiet.</summary>
/// <remarks>Read when a pattern was found, and only then: it lies apart from what every tick moves.</remarks>
internal sealed class CoolDowns
{
    private readonly SignalTerms[] _terms;
    private readonly long[] _until;

    /// <param name="terms">By index in the catalogue.</param>
    internal CoolDowns(SignalTerms[] terms)
    {
        _terms = terms;
        _until = new long[terms.Length];
        Array.Fill(_until, long.MinValue);
    }

    /// <summary>Takes the right to signal at a moment, or says that it is too early.</summary>
    internal bool TryEnter(int pattern, long micros, out double horizonSeconds)
    {
        ref var until = ref _until[pattern];
        ref readonly var terms = ref _terms[pattern];
        horizonSeconds = terms.HorizonSeconds;
        if (micros < until)
        {
            return false;
        }

        until = micros + terms.CooldownMicros;
        return true;
    }

    internal void Save(StateWriter writer)
    {
        foreach (var until in _until)
        {
            writer.Write(until);
        }
    }

    internal void Load(ref StateReader reader)
    {
        foreach (ref var until in _until.AsSpan())
        {
            until = reader.ReadInt64();
        }
    }
}
