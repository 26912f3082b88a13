namespace AITrader.Learning.Patterns;

/// <summary>Bars of one instrument, each with the class of the pattern that ends with it.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Times">Event time at which each closed, never going back.</param>
/// <param name="Open">First prices, above zero.</param>
/// <param name="High">Highest prices.</param>
/// <param name="Low">Lowest prices.</param>
/// <param name="Close">Last prices.</param>
/// <param name="Volume">Volumes, from 0.</param>
/// <param name="Classes">Class of each: index in <see cref="PatternRecipe.Classes"/>.</param>
public sealed record LabelledBars(
    string Symbol,
    IReadOnlyList<DateTimeOffset> Times,
    IReadOnlyList<double> Open,
    IReadOnlyList<double> High,
    IReadOnlyList<double> Low,
    IReadOnlyList<double> Close,
    IReadOnlyList<double> Volume,
    IReadOnlyList<int> Classes
)
{
    /// <summary>Number of bars.</summary>
    public int Count => Times.Count;

    /// <summary>Checks it.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">A value cannot be; the message says where.</exception>
    internal void Require(int classes)
    {
        IReadOnlyList<double>[] prices = [Open, High, Low, Close];
        if (Array.Exists(prices, column => column.Count != Count) || Volume.Count != Count || Classes.Count != Count)
        {
            throw new ArgumentException($"{Symbol}: every column has as many values as there are times, {Count}.");
        }

        for (var i = 0; i < Count; i++)
        {
            if (i > 0 && Times[i] < Times[i - 1])
            {
                throw new ArgumentException($"{Symbol}: {Times[i]:O} lies before the time before it.");
            }

            var isBar = Array.TrueForAll(prices, column => column[i] > 0 && double.IsFinite(column[i])) && Volume[i] >= 0;
            if (!isBar || !double.IsFinite(Volume[i]) || High[i] < Math.Max(Open[i], Close[i]) || Low[i] > Math.Min(Open[i], Close[i]))
            {
                throw new ArgumentException($"{Symbol} at {Times[i]:O}: {Open[i]} {High[i]} {Low[i]} {Close[i]} {Volume[i]} is no bar.");
            }

            if (Classes[i] < 0 || Classes[i] >= classes)
            {
                throw new ArgumentException($"{Symbol} at {Times[i]:O}: {Classes[i]} is no class from 0 to {classes - 1}.");
            }
        }
    }
}
