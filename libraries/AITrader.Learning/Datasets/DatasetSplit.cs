namespace AITrader.Learning.Datasets;

/// <summary>Where a dataset is cut when shares are given instead of times.</summary>
/// <param name="Validation">Share of the prices to choose by, above 0.</param>
/// <param name="Test">Share of the prices to judge by, the newest, above 0.</param>
public sealed record DatasetSplit(double Validation, double Test)
{
    /// <summary>What is usual.</summary>
    public static DatasetSplit Usual { get; } = new(0.15, 0.15);

    /// <summary>Moments at which the parts begin: the same for every instrument.</summary>
    /// <param name="series">The prices.</param>
    /// <exception cref="ArgumentException">There are no prices, shares leave nothing to train with, or all prices are of one
    /// moment.</exception>
    public (DateTimeOffset ValidationFrom, DateTimeOffset TestFrom) Of(IReadOnlyCollection<PriceSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (!(Validation > 0 && Test > 0 && Validation + Test < 1))
        {
            throw new ArgumentException($"Validation and test take {Validation} and {Test} of the prices: each is above 0, both below 1.");
        }

        var times = series.SelectMany(static one => one.Times).Order().ToList();
        if (times.Count == 0)
        {
            throw new ArgumentException("There is no price.", nameof(series));
        }

        var (validation, test) = (At(1 - Validation - Test), At(1 - Test));
        return validation < test
            ? (validation, test)
            : throw new ArgumentException($"Too many of the prices are of one moment, {test:O}, to split them by time.", nameof(series));

        DateTimeOffset At(double share) => times[Math.Min((int)(share * times.Count), times.Count - 1)];
    }
}
