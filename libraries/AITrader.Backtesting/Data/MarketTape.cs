using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;

namespace AITrader.Backtesting.Data;

/// <summary>Ticks of several symbols in the order of their times, in memory: read once, run any number of times, on any thread.</summary>
public sealed class MarketTape
{
    private readonly PackedTick[] _ticks;

    internal MarketTape(PackedTick[] ticks, SymbolTable symbols, TimeSpan barLength, string hash) =>
        (_ticks, Symbols, BarLength, Hash) = (ticks, symbols.Names, barLength, hash);

    /// <summary>A tape of ticks that were made by a program.</summary>
    /// <param name="ticks">The ticks; times never go back.</param>
    /// <param name="symbols">Symbols by index.</param>
    /// <param name="name">What stands for the hash of files.</param>
    public static MarketTape Of(PackedTick[] ticks, IReadOnlyList<string> symbols, string name) => new(ticks, symbols, TimeSpan.Zero, name);

    /// <summary>Symbols by index.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>Length of the longest bar where the ticks were made of bars; zero where they are ticks.</summary>
    public TimeSpan BarLength { get; }

    /// <summary>SHA-256 of what a result rests on: of the files' bytes, in their order, with the range and the spread where they are
    /// given.</summary>
    public string Hash { get; }

    /// <summary>The ticks; times never go back.</summary>
    public ReadOnlySpan<PackedTick> Ticks => _ticks;

    /// <summary>Number of ticks.</summary>
    public int Count => _ticks.Length;

    /// <summary>The part of the tape from one tick to another, which is not included.</summary>
    public MarketTape Slice(int from, int to) => new(_ticks[from..to], Symbols, BarLength, string.Create(null, $"{Hash}[{from}..{to}]"));

    /// <summary>Index of the first tick at or after a time.</summary>
    public int IndexOf(long micros)
    {
        var (low, high) = (0, _ticks.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _ticks[middle].TimeMicros < micros ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private MarketTape(PackedTick[] ticks, IReadOnlyList<string> symbols, TimeSpan barLength, string hash) =>
        (_ticks, Symbols, BarLength, Hash) = (ticks, symbols, barLength, hash);

    internal static string HashOf(IEnumerable<string> paths, MarketTapeSettings settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        foreach (var path in paths)
        {
            using var file = File.OpenRead(path);
            int read;
            while ((read = file.Read(buffer)) > 0)
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        // Another part of the files, or another spread of their bars, is other data.
        if (settings != new MarketTapeSettings())
        {
            hash.AppendData(
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{settings.From:O}/{settings.To:O}/{settings.SpreadBps:0.####}")
                )
            );
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
