using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;

namespace AITrader.Signals.Engine;

/// <summary>The patterns of every symbol of a stream. For one thread; allocates on the first tick of a symbol only.</summary>
public sealed class PatternBank(PatternSettings settings, SymbolTable symbols)
{
    private readonly SymbolFactory _factory = new();
    private SymbolPatterns?[] _states = new SymbolPatterns?[16];

    /// <summary>Symbols that the ticks' indices refer to.</summary>
    public SymbolTable Symbols => symbols;

    /// <summary>The symbol's patterns, made on first use.</summary>
    public SymbolPatterns this[int symbol] => symbol < _states.Length && _states[symbol] is { } known ? known : Add(symbol);

    /// <summary>Takes the next tick; see <see cref="SymbolPatterns.Apply"/>.</summary>
    public int Apply(in PackedTick tick, Span<Detection> found) => this[tick.Symbol].Apply(tick, found);

    /// <summary>Puts a symbol's saved state in place.</summary>
    /// <exception cref="InvalidDataException">The state cannot be used.</exception>
    public void Restore(string symbol, ReadOnlySpan<byte> saved)
    {
        var restored = _factory.Restore(settings.For(symbol), saved);
        Place(symbols.Intern(symbol), restored);
    }

    private SymbolPatterns Add(int symbol)
    {
        var added = _factory.Create(settings.For(symbols[symbol]));
        Place(symbol, added);
        return added;
    }

    private void Place(int symbol, SymbolPatterns patterns)
    {
        if (symbol >= _states.Length)
        {
            Array.Resize(ref _states, Math.Max(_states.Length * 2, symbol + 1));
        }

        _states[symbol] = patterns;
    }
}
