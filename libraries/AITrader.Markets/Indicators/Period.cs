using System.Runtime.CompilerServices;

namespace AITrader.Markets.Indicators;

/// <summary>The check that a period has an input.</summary>
internal static class Period
{
    internal static int Checked(int period, [CallerArgumentExpression(nameof(period))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1, name);
        return period;
    }
}
