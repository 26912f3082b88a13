using System.Globalization;

namespace AITrader.MarketData.Replay;

/// <summary>How fast event time passes.</summary>
/// <param name="Factor">Event time per wall-clock time; infinity for as fast as possible.</param>
internal readonly record struct ReplaySpeed(double Factor)
{
    /// <summary>What a speed may be, for messages.</summary>
    public const string Range = "max or a number from 0.1 to 1000";

    private const string Max = "max";
    private const double Slowest = 0.1;
    private const double Fastest = 1000;

    public bool IsMax => double.IsPositiveInfinity(Factor);

    public static bool TryParse(string? text, out ReplaySpeed speed)
    {
        speed = new ReplaySpeed(double.PositiveInfinity);
        if (string.Equals(text, Max, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var isNumber = double.TryParse(text?.TrimEnd('x', 'X'), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor);
        speed = new ReplaySpeed(factor);
        return isNumber && factor is >= Slowest and <= Fastest;
    }

    public override string ToString() => IsMax ? Max : Factor.ToString(CultureInfo.InvariantCulture);
}
