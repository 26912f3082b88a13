using AITrader.Signals.State;

namespace AITrader.Signals.Bars;

/// <content>Its state as bytes.</content>
public abstract partial class BarBuilder
{
    /// <summary>Writes everything that the next bars depend on.</summary>
    public void Save(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Write(Identity);
        state.Write(_start);
        state.Write(_last);
        state.Write(_limit);
        state.Write(_inSession);
        state.Write(_symbol);
        state.Write(_ticks);
        state.Write(_volume);
        state.Write(_notional);
        state.Write(_bidSize);
        state.Write(_askSize);
        _first.Save(state);
        _bid.Save(state);
        _ask.Save(state);
        state.Write(Late);
        state.Write(OutOfSession);
    }

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    /// <exception cref="InvalidDataException">The state is torn or of a builder with other settings.</exception>
    public void Load(ref StateReader state)
    {
        if (state.ReadString() is var identity && identity != Identity)
        {
            throw new InvalidDataException($"The state is of '{identity}' bars, these are '{Identity}'.");
        }

        _start = state.ReadInt64();
        _last = state.ReadInt64();
        _limit = state.ReadInt64();
        _inSession = state.ReadBoolean();
        _symbol = state.ReadInt32();
        _ticks = state.ReadInt64();
        _volume = state.ReadInt128();
        _notional = state.ReadInt128();
        _bidSize = state.ReadInt64();
        _askSize = state.ReadInt64();
        _first.Load(ref state);
        _bid.Load(ref state);
        _ask.Load(ref state);
        Late = state.ReadInt64();
        OutOfSession = state.ReadInt64();
        _hasPending = false;
    }
}
