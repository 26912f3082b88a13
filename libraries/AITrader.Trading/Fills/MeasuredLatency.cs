using System.Globalization;
using System.Text.Json;

namespace AITrader.Trading.Fills;

/// <summary>A measured distribution: quantiles, and straight lines between them.</summary>
public sealed record MeasuredLatency : LatencyProfile
{
    private readonly (double Share, double Millis)[] _points;

    private MeasuredLatency((double Share, double Millis)[] points) => _points = points;

    /// <summary>
    /// Reads quantiles: CSV with a line <c>share,milliseconds</c> each (<c>0.5,12.3</c>; a heading and empty lines are skipped), or a JSON
    /// object <c>{"0.5": 12.3, "0.99": 80}</c>.
    /// </summary>
    /// <returns>Null and a line for the user where the text is no such profile.</returns>
    public static MeasuredLatency? TryParse(string text, out string? problem)
    {
        var points = text.AsSpan().TrimStart() is ['{', ..] ? ReadJson(text, out problem) : ReadCsv(text, out problem);
        if (points is null)
        {
            return null;
        }

        points.Sort(static (left, right) => left.Share.CompareTo(right.Share));
        problem = Fault(points);
        return problem is null ? new MeasuredLatency([.. points]) : null;
    }

    /// <inheritdoc />
    public override TimeSpan At(double share)
    {
        var above = Array.FindIndex(_points, point => point.Share >= share);
        if (above <= 0)
        {
            return FromMillis(above == 0 ? _points[0].Millis : _points[^1].Millis);
        }

        var (low, high) = (_points[above - 1], _points[above]);
        return FromMillis(low.Millis + ((high.Millis - low.Millis) * (share - low.Share) / (high.Share - low.Share)));
    }

    /// <inheritdoc />
    public bool Equals(MeasuredLatency? other) => other is not null && _points.AsSpan().SequenceEqual(other._points);

    /// <inheritdoc />
    public override int GetHashCode() => _points.Aggregate(0, HashCode.Combine);

    /// <inheritdoc />
    public override string ToString() =>
        string.Join(' ', _points.Select(static point => string.Create(CultureInfo.InvariantCulture, $"{point.Share}:{point.Millis}ms")));

    private static List<(double Share, double Millis)>? ReadCsv(string text, out string? problem)
    {
        var points = new List<(double, double)>();
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            var parts = lines[i].Split(',', StringSplitOptions.TrimEntries);
            if (parts is [var share, var millis] && Number(share) is { } at && Number(millis) is { } value)
            {
                points.Add((at, value));
            }
            else if (lines[i].Length > 0 && i > 0)
            {
                problem = $"line {i + 1} is not share,milliseconds: {lines[i]}";
                return null;
            }
        }

        problem = null;
        return points;
    }

    private static List<(double Share, double Millis)>? ReadJson(string text, out string? problem)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var points = new List<(double, double)>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (Number(property.Name) is not { } share || property.Value.ValueKind != JsonValueKind.Number)
                {
                    problem = $"\"{property.Name}\" is no share with a number of milliseconds";
                    return null;
                }

                points.Add((share, property.Value.GetDouble()));
            }

            problem = null;
            return points;
        }
        catch (JsonException fault)
        {
            problem = $"no JSON: {fault.Message}";
            return null;
        }
    }

    private static string? Fault(List<(double Share, double Millis)> points)
    {
        if (points.Count == 0)
        {
            return "there is no quantile";
        }

        for (var i = 0; i < points.Count; i++)
        {
            var (share, millis) = points[i];
            if (share is < 0d or > 1d || !(millis >= 0d) || !double.IsFinite(millis))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{share},{millis}: the share is in [0, 1], the latency is not negative"
                );
            }

            if (i > 0 && (points[i - 1].Share == share || points[i - 1].Millis > millis))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{share},{millis}: latencies rise with their shares, and no share comes twice"
                );
            }
        }

        return null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
