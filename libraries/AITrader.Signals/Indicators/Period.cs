using System.Runtime.CompilerServices;

namespace AITrader.Signals.Indicators;

/// <summary>The checks of parameters.</summary>
internal static class Period
{
    /// <summary>The check that a period has an input.</summary>
    internal static int Checked(int period, [CallerArgumentExpression(nameof(period))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1, name);
        return period;
    }

    /// <summary>The check that the slower of two periods is the longer one.</summary>
    internal static int Above(int period, int faster, [CallerArgumentExpression(nameof(period))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, faster, name);
        return period;
    }

    /// <summary>The check that a width is a number and not below 0.</summary>
    internal static double Width(double width, [CallerArgumentExpression(nameof(width))] string? name = null)
    {
        Input.Check(width, name);
        ArgumentOutOfRangeException.ThrowIfNegative(width, name);
        return width;
    }
}
