using System.Globalization;
using System.Text;

namespace AITrader.Contracts;

/// <summary>Where the streams and keys of <see cref="StreamNames"/> and <see cref="CacheKeys"/> are in Redis: partitions and an optional
/// hash tag.</summary>
/// <param name="Partitions">Streams that ticks and signals are spread over; 1 leaves the names as they are.</param>
/// <param name="HashTag">Redis cluster hash tag of every key; empty for none.</param>
public sealed record StreamLayout(int Partitions = 1, string HashTag = "")
{
    /// <summary>The key of a name that is not partitioned.</summary>
    public string Key(string name) => HashTag.Length == 0 ? name : $"{{{HashTag}}}:{name}";

    /// <summary>The key of one partition of a stream.</summary>
    public string Key(string stream, int partition) =>
        IsPartitioned(stream) ? Key(string.Create(CultureInfo.InvariantCulture, $"{stream}:{partition}")) : Key(stream);

    /// <summary>Whether a stream is spread over partitions: ticks and signals are, where there is more than one.</summary>
    public bool IsPartitioned(string stream) =>
        Partitions > 1 && (StreamNames.LiveOf(stream) is StreamNames.RawTicks or StreamNames.Signals);

    /// <summary>How many streams a name stands for.</summary>
    public int PartitionsOf(string stream) => IsPartitioned(stream) ? Partitions : 1;

    /// <summary>The partition of a symbol: the same in every process and at every start.</summary>
    public int PartitionOf(string stream, string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return IsPartitioned(stream) && symbol.Length > 0 ? (int)(Hash(symbol) % (uint)Partitions) : 0;
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static uint Hash(string symbol)
    {
        const uint Prime = 16777619;
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(symbol))
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }
}
