using System.Globalization;
using System.IO.Compression;

namespace AITrader.TestSupport;

/// <summary>Series of the M4 competition from the shared data, by their ids.</summary>
public static class M4Series
{
    /// <summary>Reads a file of them.</summary>
    public static Dictionary<string, double[]> Read(string file)
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(SharedData.Require($"forecast-m4/{file}")), CompressionMode.Decompress)
        );
        reader.ReadLine();
        var series = new Dictionary<string, double[]>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            // "W1","1089.2","1078.91",… padded with empty fields to the longest series.
            var fields = line.Replace("\"", "", StringComparison.Ordinal).Split(',');
            series.Add(
                fields[0],
                [
                    .. fields
                        .Skip(1)
                        .Where(static field => field.Length > 0)
                        .Select(static f => double.Parse(f, CultureInfo.InvariantCulture)),
                ]
            );
        }

        return series;
    }
}
