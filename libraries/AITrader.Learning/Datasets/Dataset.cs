using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AITrader.Learning.Datasets;

/// <summary>Examples of many instruments, split by time: all labels of a part come before all labels of the next one, for every
/// instrument at once.</summary>
/// <remarks>Its version is the hash of what it was made of: the same prices and settings give the same one on every machine.</remarks>
public sealed class Dataset
{
    private readonly Example[][] _parts;

    private Dataset(IReadOnlyList<PriceSeries> series, DatasetSettings settings, Example[][] parts)
    {
        (Series, Settings, _parts) = (series, settings, parts);
        Version = VersionOf(series, settings);
    }

    /// <summary>The prices, by symbol.</summary>
    public IReadOnlyList<PriceSeries> Series { get; }

    /// <summary>How they became examples.</summary>
    public DatasetSettings Settings { get; }

    /// <summary>SHA-256 of prices and settings, in lower-case hexadecimal digits.</summary>
    public string Version { get; }

    /// <summary>Examples of a part, by symbol and time.</summary>
    public IReadOnlyList<Example> this[DatasetPart part] => _parts[(int)part];

    /// <summary>Makes examples.</summary>
    /// <exception cref="ArgumentException">There is nothing to train with, times go back, a price is not above zero, or settings
    /// contradict each other.</exception>
    public static Dataset Of(IEnumerable<PriceSeries> series, DatasetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Window, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Horizon, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfNegative(settings.Embargo, nameof(settings));
        if (settings.TestFrom <= settings.ValidationFrom)
        {
            throw new ArgumentException("The test begins after the validation.", nameof(settings));
        }

        var all = series.OrderBy(static one => one.Symbol, StringComparer.Ordinal).ToList();
        all.ForEach(Require);
        var parts = Enum.GetValues<DatasetPart>().Select(static _ => new List<Example>()).ToArray();
        for (var i = 0; i < all.Count; i++)
        {
            Add(parts, all[i], i, settings);
        }

        return parts[(int)DatasetPart.Training].Count > 0
            ? new Dataset(all, settings, [.. parts.Select(static part => part.ToArray())])
            : throw new ArgumentException(
                $"No series has {settings.Window + settings.Horizon} prices before the validation begins, at {settings.ValidationFrom:O}.",
                nameof(series)
            );
    }

    /// <summary>Prices that a forecast of an example sees, oldest first.</summary>
    public void CopyWindow(Example example, Span<float> window) => Copy(example, example.Start - Settings.Window, window);

    /// <summary>Prices that came then.</summary>
    public void CopyLabel(Example example, Span<float> label) => Copy(example, example.Start, label);

    private void Copy(Example example, int from, Span<float> to)
    {
        var values = Series[example.Series].Values;
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = (float)values[from + i];
        }
    }

    private static void Add(List<Example>[] parts, PriceSeries series, int number, DatasetSettings settings)
    {
        int[] starts = [0, FirstAt(series.Times, settings.ValidationFrom), FirstAt(series.Times, settings.TestFrom), series.Times.Count];
        for (var part = 0; part < parts.Length; part++)
        {
            // A label ends before the embargo of the next part; the last part has none after it.
            var end = starts[part + 1] - (part + 1 < parts.Length ? settings.Embargo : 0);
            for (var start = Math.Max(starts[part], settings.Window); start + settings.Horizon <= end; start++)
            {
                parts[part].Add(new Example(number, start));
            }
        }
    }

    private static int FirstAt(IReadOnlyList<DateTimeOffset> times, DateTimeOffset from)
    {
        var (low, high) = (0, times.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle] < from ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static void Require(PriceSeries series)
    {
        if (series.Times.Count != series.Values.Count)
        {
            throw new ArgumentException(
                $"{series.Symbol} has {series.Times.Count} times and {series.Values.Count} prices.",
                nameof(series)
            );
        }

        for (var i = 0; i < series.Times.Count; i++)
        {
            // Several trades of one moment are usual.
            if (i > 0 && series.Times[i] < series.Times[i - 1])
            {
                throw new ArgumentException($"{series.Symbol}: {series.Times[i]:O} lies before the time before it.", nameof(series));
            }

            if (!(series.Values[i] > 0) || !double.IsFinite(series.Values[i]))
            {
                throw new ArgumentException($"{series.Symbol} at {series.Times[i]:O}: {series.Values[i]} is no price.", nameof(series));
            }
        }
    }

    private static string VersionOf(IReadOnlyList<PriceSeries> series, DatasetSettings settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[sizeof(long)];
        Append(settings.Window);
        Append(settings.Horizon);
        Append(settings.Embargo);
        Append(settings.ValidationFrom.UtcTicks);
        Append(settings.TestFrom.UtcTicks);
        foreach (var one in series)
        {
            var symbol = Encoding.UTF8.GetBytes(one.Symbol);
            Append(symbol.Length);
            hash.AppendData(symbol);
            Append(one.Values.Count);
            for (var i = 0; i < one.Values.Count; i++)
            {
                Append(one.Times[i].UtcTicks);
                Append(BitConverter.DoubleToInt64Bits(one.Values[i]));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(buffer, value);
            hash.AppendData(buffer);
        }
    }
}
