using AITrader.Learning.Gradients;

namespace AITrader.Learning.Models;

/// <summary>How an attention forecaster is built.</summary>
/// <param name="Window">Values that it looks back on: a multiple of <see cref="Patch"/>.</param>
/// <param name="Horizon">Values that it forecasts.</param>
public sealed record AttentionOptions(int Window, int Horizon)
{
    /// <summary>Values of the window that are one place of the sequence.</summary>
    public int Patch { get; init; } = 4;

    /// <summary>Values that stand for a place.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Heads of attention; the width is a multiple of it.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Layers.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>How a window is brought to a common size.</summary>
    public WindowScaling Scaling { get; init; } = WindowScaling.Moves;
}

/// <summary>A small transformer (Vaswani and others 2017) over patches of the window (Nie and others, ICLR 2023), normalised before each
/// part as is usual since.</summary>
public static class AttentionForecaster
{
    /// <summary>Defines the model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">How it is built.</param>
    /// <param name="history">[batch, window], oldest first.</param>
    /// <returns>[batch, horizon], in the units of the history.</returns>
    /// <exception cref="ArgumentException">Window or width cannot be divided as the options say.</exception>
    public static Variable Forecast(DifferentiableGraph graph, AttentionOptions options, Variable history)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Window % options.Patch != 0 || options.Width % options.Heads != 0)
        {
            throw new ArgumentException("The window is a multiple of the patch, and the width one of the heads.", nameof(options));
        }

        var (places, width) = (options.Window / options.Patch, options.Width);
        var scaled = options.Scaling.Apply(graph, history);
        var patches = graph.Reshape(scaled.Values, Shape.Of(Shape.Batch, places, options.Patch));
        var at = graph.Weights("places", new Start(0, 0.02), Shape.Of(places, width));
        var values = graph.Sum(graph.Dense("patch", patches, width), at);
        for (var layer = 0; layer < options.Layers; layer++)
        {
            values = graph.EncoderLayer($"layer{layer}", values, options.Heads);
        }

        var flat = graph.Reshape(graph.Normalised("after", values), Shape.Of(Shape.Batch, places * width));
        return scaled.Restore(graph.Dense("forecast", flat, options.Horizon));
    }
}
