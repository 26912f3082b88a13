using AITrader.Signals.State;

namespace AITrader.Signals.Engine;

/// <summary>The whole of an engine between two ticks: its position and every symbol's indicators, windows, bars and detectors.</summary>
public static class EngineSnapshot
{
    private const int Version = 1;

    /// <summary>Writes it, sealed (see <see cref="SealedState"/>).</summary>
    /// <exception cref="InvalidOperationException">Ticks are under way.</exception>
    public static ReadOnlyMemory<byte> Save(ShardedEngine engine)
    {
        var whole = new StateWriter();
        whole.Write(engine.Position);
        whole.Write(engine.Symbols.Count);
        var one = new StateWriter();
        for (var symbol = 0; symbol < engine.Symbols.Count; symbol++)
        {
            one.Clear();
            engine.Save(symbol, one);
            whole.Write(engine.Symbols[symbol]);
            whole.Write(one.Length);
            whole.Write(one.Written.Span);
        }

        return SealedState.Seal(Version, whole.Written.Span);
    }

    /// <summary>Puts it into an engine that knows no symbol yet, of any number of shards and the same parameters; the engine then gives the
    /// signals the saved one would have given.</summary>
    /// <exception cref="InvalidDataException">The bytes are torn, of another version, or were made with other parameters.</exception>
    public static void Restore(ShardedEngine engine, ReadOnlySpan<byte> saved)
    {
        var reader = new StateReader(SealedState.Open(Version, saved));
        var position = reader.ReadInt64();
        for (var left = reader.ReadInt32(0, int.MaxValue); left > 0; left--)
        {
            var symbol = reader.ReadString();
            engine.Restore(symbol, reader.ReadBytes());
        }

        engine.Continue(position);
    }
}
