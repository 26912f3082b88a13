using System.Numerics;

namespace AITrader.Trading.Statistics;

/// <summary>Sums of a trial's returns by block of time, so that a Sharpe ratio of any blocks costs no pass over the returns.</summary>
internal sealed class TrialBlocks
{
    // What cancels in a difference of sums of squares leaves half of a double's digits.
    private const double Rounding = 1e-7;

    private readonly int _rows;
    private readonly double _center;
    private readonly double _smallest;
    private readonly double[] _sums;
    private readonly double[] _squares;

    internal TrialBlocks(double[] returns, int blocks)
    {
        _rows = returns.Length / blocks;
        _sums = new double[blocks];
        _squares = new double[blocks];
        var used = returns.AsSpan(returns.Length - (_rows * blocks));
        foreach (var value in used)
        {
            _center += value / used.Length;
        }

        for (var i = 0; i < used.Length; i++)
        {
            var deviation = used[i] - _center;
            _sums[i / _rows] += deviation;
            _squares[i / _rows] += deviation * deviation;
            _smallest = Math.Max(_smallest, (Rounding * Math.Abs(deviation)) + (1e-12 * Math.Abs(used[i])));
        }
    }

    /// <summary>Sharpe ratio of one period over the chosen blocks. Where returns do not differ, as of a trial that did not trade, it is 0
    /// or, by the sign of the mean, infinite.</summary>
    internal double Sharpe(uint chosen)
    {
        var sum = 0.0;
        var squares = 0.0;
        for (var rest = chosen; rest != 0; rest &= rest - 1)
        {
            var block = BitOperations.TrailingZeroCount(rest);
            sum += _sums[block];
            squares += _squares[block];
        }

        var count = _rows * BitOperations.PopCount(chosen);
        var mean = _center + (sum / count);
        var deviation = Math.Sqrt(Math.Max(0, squares - (sum * sum / count)) / (count - 1));
        return deviation > _smallest ? mean / deviation
            : Math.Abs(mean) <= _smallest ? 0
            : Math.Sign(mean) * double.PositiveInfinity;
    }
}
