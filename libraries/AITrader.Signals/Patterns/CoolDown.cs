using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>Least event time between two signals of one detector on one symbol.</summary>
internal struct CoolDown(TimeSpan length)
{
    private readonly long _length = (long)(length.Ticks / TimeSpan.TicksPerMicrosecond);
    private long _until = long.MinValue;

    /// <summary>Takes the right to signal at a moment, or says that it is too early.</summary>
    internal bool TryEnter(long micros)
    {
        if (micros < _until)
        {
            return false;
        }

        _until = micros + _length;
        return true;
    }

    internal readonly void Save(StateWriter writer) => writer.Write(_until);

    internal void Load(ref StateReader reader) => _until = reader.ReadInt64();
}
