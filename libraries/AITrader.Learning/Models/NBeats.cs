using AITrader.Learning.Gradients;

namespace AITrader.Learning.Models;

/// <summary>What the blocks of a stack are made to say.</summary>
public enum StackKind
{
    /// <summary>Anything: the shapes are learned.</summary>
    Generic,

    /// <summary>Slow curves: polynomials of low degree.</summary>
    Trend,

    /// <summary>What comes again: sines and cosines.</summary>
    Seasonality,
}

/// <summary>How an N-BEATS model is built.</summary>
/// <param name="Window">Values that it looks back on.</param>
/// <param name="Horizon">Values that it forecasts.</param>
public sealed record NBeatsOptions(int Window, int Horizon)
{
    /// <summary>Stacks, in their order.</summary>
    public IReadOnlyList<StackKind> Stacks { get; init; } = [StackKind.Generic, StackKind.Generic];

    /// <summary>Blocks of a stack.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>Layers of a block before what it says.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Values of a layer.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Degree of the polynomials of a trend.</summary>
    public int Degree { get; init; } = 2;

    /// <summary>How a window is brought to a common size.</summary>
    public WindowScaling Scaling { get; init; } = WindowScaling.Level;
}

/// <summary>N-BEATS (Oreshkin and others, ICLR 2020): blocks each explain a part of the window and forecast from it; the next one sees what
/// is left, and the forecasts add up.</summary>
/// <remarks>In the interpretable form (trend and seasonality) the blocks of a stack share their weights, as in the paper.</remarks>
public static class NBeats
{
    /// <summary>Defines the model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">How it is built.</param>
    /// <param name="history">[batch, window], oldest first.</param>
    /// <returns>[batch, horizon], in the units of the history.</returns>
    public static Variable Forecast(DifferentiableGraph graph, NBeatsOptions options, Variable history)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        var scaled = options.Scaling.Apply(graph, history);
        var (left, forecast) = (scaled.Values, (Variable?)null);
        for (var stack = 0; stack < options.Stacks.Count; stack++)
        {
            var kind = options.Stacks[stack];
            var weights = kind == StackKind.Generic ? null : new Block(graph, options, kind, $"stack{stack}");
            for (var i = 0; i < options.Blocks; i++)
            {
                var block = weights ?? new Block(graph, options, kind, $"stack{stack}.block{i}");
                var isLast = stack == options.Stacks.Count - 1 && i == options.Blocks - 1;
                var (explained, said) = block.Say(left, isLast);
                left = explained is null ? left : graph.Difference(left, explained);
                forecast = forecast is null ? said : graph.Sum(forecast, said);
            }
        }

        return scaled.Restore(forecast ?? throw new ArgumentException("The model has no block.", nameof(options)));
    }

    private sealed class Block
    {
        private readonly DifferentiableGraph _graph;
        private readonly NBeatsOptions _options;
        private readonly StackKind _kind;
        private readonly List<(Variable Weights, Variable Offsets)> _layers = [];
        private readonly string _name;

        // The weights of what it explains: those of the very last block have no part in the forecast.
        private Variable? _back;
        private Variable? _ahead;

        public Block(DifferentiableGraph graph, NBeatsOptions options, StackKind kind, string name)
        {
            (_graph, _options, _kind, _name) = (graph, options, kind, name);
            for (var layer = 0; layer < options.Layers; layer++)
            {
                var inputs = layer == 0 ? options.Window : options.Width;
                _layers.Add(
                    (
                        graph.Weights($"{name}.layer{layer}", Start.Rectified(inputs), Shape.Of(inputs, options.Width)),
                        graph.Weights($"{name}.layer{layer}.offset", Start.Zero, Shape.Of(options.Width))
                    )
                );
            }
        }

        public (Variable? Explained, Variable Said) Say(Variable of, bool isLast)
        {
            var values = of;
            foreach (var (weights, offsets) in _layers)
            {
                values = _graph.Rectified(_graph.Layer(values, weights, offsets));
            }

            var said = Curve(values, ref _ahead, "ahead", _options.Window, _options.Horizon);
            return (isLast ? null : Curve(values, ref _back, "back", 0, _options.Window), said);
        }

        private Variable Curve(Variable of, ref Variable? weights, string name, int from, int length)
        {
            var basis = Basis(from, length);
            var width = basis is null ? length : (int)basis.Shape[0];
            weights ??= _graph.Weights($"{_name}.{name}", Start.Linear(_options.Width, width), Shape.Of(_options.Width, width));
            var shares = _graph.MatrixProduct(of, weights);
            return basis is null ? shares : _graph.MatrixProduct(shares, basis);
        }

        // [curves, length]; time goes from -1 at the first value of the window to 1 at the last one of the forecast.
        private Variable? Basis(int from, int length)
        {
            if (_kind == StackKind.Generic)
            {
                return null;
            }

            var whole = _options.Window + _options.Horizon;
            var curves =
                _kind == StackKind.Trend
                    ? Enumerable
                        .Range(0, _options.Degree + 1)
                        .Select(static Func<double, double> (degree) => time => Math.Pow(time, degree))
                    : Waves(_options.Horizon);
            var rows = curves.ToList();
            var values = new float[rows.Count * length];
            for (var i = 0; i < values.Length; i++)
            {
                var time = (2.0 * (from + (i % length)) / (whole - 1)) - 1;
                values[i] = (float)rows[i / length](time);
            }

            return _graph.Constant(values, Shape.Of(rows.Count, length));
        }

        // Periods from the whole window with its forecast down to two steps of a horizon's length.
        private static IEnumerable<Func<double, double>> Waves(int horizon)
        {
            for (var wave = 0; wave <= Math.Max(1, horizon / 2); wave++)
            {
                var turns = Math.PI * wave;
                yield return time => Math.Cos(turns * time);
                if (wave > 0)
                {
                    yield return time => Math.Sin(turns * time);
                }
            }
        }
    }
}
