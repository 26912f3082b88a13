using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AITrader.Signals.Indicators;

/// <summary>The check that an input is a number: one that is not would stay in an average for ever, so it is refused before anything has
/// changed.</summary>
internal static class Input
{
    internal static void Check(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value))
        {
            Refuse(value, name);
        }
    }

    // What is not finite makes the sum not finite too.
    internal static void Check(in BarInput bar)
    {
        var sum = bar.Open + bar.High + bar.Low + bar.Close + bar.Volume;
        if (!double.IsFinite(sum))
        {
            Refuse(sum, nameof(bar));
        }
    }

    [DoesNotReturn]
    private static void Refuse(double value, string? name) =>
        throw new ArgumentOutOfRangeException(name, value, "An indicator takes finite numbers only.");
}
