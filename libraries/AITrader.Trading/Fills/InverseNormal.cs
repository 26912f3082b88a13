namespace AITrader.Trading.Fills;

/// <summary>Quantiles of the standard normal distribution: the rational approximation of P. J. Acklam, to 1.15e-9 relative.</summary>
internal static class InverseNormal
{
    private const double Low = 0.02425;

    private static readonly double[] A =
    [
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00,
    ];

    private static readonly double[] B =
    [
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
        1d,
    ];

    private static readonly double[] C =
    [
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00,
    ];

    private static readonly double[] D = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1d];

    /// <summary>The value below which a share of all lies; the share is in (0, 1).</summary>
    public static double Of(double share) =>
        share < Low ? Edge(share)
        : share > 1d - Low ? -Edge(1d - share)
        : Middle(share - 0.5);

    private static double Edge(double share)
    {
        var q = Math.Sqrt(-2d * Math.Log(share));
        return Polynomial(C, q) / Polynomial(D, q);
    }

    private static double Middle(double q) => Polynomial(A, q * q) * q / Polynomial(B, q * q);

    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = 0d;
        foreach (var coefficient in coefficients)
        {
            sum = (sum * x) + coefficient;
        }

        return sum;
    }
}
