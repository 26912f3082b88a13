using System.Globalization;

namespace AITrader.Cli.Commands.Arguments;

/// <summary>What commands accept as the source and the speed of a replay.</summary>
internal static class ReplayArguments
{
    /// <summary>The name of the data set that is part of the repository.</summary>
    public const string Demo = "demo";

    /// <summary>The prefix of a source that names ticks in the database.</summary>
    public const string StoredTicks = "ticks:";

    private const string MaxSpeed = "max";
    private const double MinSpeedFactor = 0.1;
    private const double MaxSpeedFactor = 1000;

    /// <summary>Whether a text is a speed that a replay can run at.</summary>
    public static bool IsSpeed(string text) =>
        text == MaxSpeed
        || (
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor)
            && factor is >= MinSpeedFactor and <= MaxSpeedFactor
        );
}
