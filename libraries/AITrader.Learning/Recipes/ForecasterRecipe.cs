using AITrader.Learning.Datasets;
using AITrader.Learning.Gradients;
using AITrader.Learning.Models;
using AITrader.Learning.Training;

namespace AITrader.Learning.Recipes;

/// <summary>How a forecaster of prices is trained and judged. Everything that a result depends on beside the prices.</summary>
/// <remarks>Settable, not init: generated deserialisers forget the defaults of init members.</remarks>
public sealed record ForecasterRecipe
{
    /// <summary>Kinds of model that can be trained.</summary>
    public static IReadOnlyList<string> Architectures { get; } = ["nbeats", "nbeats-interpretable", "transformer"];

    /// <summary>Kind of model, of <see cref="Architectures"/>.</summary>
    public string Architecture { get; set; } = "nbeats";

    /// <summary>Prices that a forecast looks back on. 64, what strategy-engine sends.</summary>
    public int Window { get; set; } = 64;

    /// <summary>Prices that it forecasts. 8.</summary>
    public int Horizon { get; set; } = 8;

    /// <summary>Values of a layer; of the transformer, of a place. 32.</summary>
    public int Width { get; set; } = 32;

    /// <summary>Steps of training at most. 2000.</summary>
    public int Steps { get; set; } = 2000;

    /// <summary>Examples of a step. 256.</summary>
    public int Rows { get; set; } = 256;

    /// <summary>Highest rate of learning. 0.0003.</summary>
    public double Rate { get; set; } = 3e-4;

    /// <summary>Share of the rate by which a step shrinks each weight. 0.1.</summary>
    public double Decay { get; set; } = 0.1;

    /// <summary>Validations without a better result after which training ends; there is one each 100 steps. 8.</summary>
    public int Patience { get; set; } = 8;

    /// <summary>Draws first weights and examples. 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Share of the prices to choose by. 0.15.</summary>
    public double Validation { get; set; } = DatasetSplit.Usual.Validation;

    /// <summary>Share of the prices to judge by, the newest. 0.15.</summary>
    public double Test { get; set; } = DatasetSplit.Usual.Test;

    /// <summary>Prices before validation and test that nobody uses. 64.</summary>
    public int Embargo { get; set; } = 64;

    /// <summary>Checks it.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message says which is right.</exception>
    public void Require()
    {
        Require(Architectures.Contains(Architecture), $"architecture is one of {string.Join(", ", Architectures)}, not '{Architecture}'");
        Require(Window is >= 8 and <= 4096, $"window is 8 to 4096, not {Window}");
        Require(Horizon is >= 1 and <= 512, $"horizon is 1 to 512, not {Horizon}");
        Require(Width is >= 4 and <= 1024, $"width is 4 to 1024, not {Width}");
        Require(Steps is >= 1 and <= 10_000_000, $"steps are 1 to 10000000, not {Steps}");
        Require(Rows is >= 1 and <= 65_536, $"rows are 1 to 65536, not {Rows}");
        Require(Rate is > 0 and <= 1, $"rate is above 0, at most 1, not {Rate}");
        Require(Decay is >= 0 and < 1, $"decay is from 0 to below 1, not {Decay}");
        Require(Patience >= 1, $"patience is at least 1, not {Patience}");
        Require(Embargo is >= 0 and <= 1_000_000, $"embargo is 0 to 1000000, not {Embargo}");
        var shares = Validation > 0 && Test > 0 && Validation + Test < 1;
        Require(shares, $"validation and test are above 0 and together below 1, not {Validation} and {Test}");
        Require(
            Architecture != "transformer" || (Window % Transformer.Patch == 0 && Width % Transformer.Heads == 0),
            $"a transformer's window is a multiple of {Transformer.Patch}, its width one of {Transformer.Heads}"
        );
    }

    internal Func<DifferentiableGraph, Variable, Variable> Model =>
        Architecture switch
        {
            "transformer" => (graph, history) => AttentionForecaster.Forecast(graph, Transformer, history),
            "nbeats-interpretable" => (graph, history) => NBeats.Forecast(graph, Interpretable, history),
            _ => (graph, history) => NBeats.Forecast(graph, Generic, history),
        };

    internal TrainerOptions Training(int threads) =>
        new(new Schedule(Rate, Steps))
        {
            Seed = Seed,
            Rows = Rows,
            Decay = Decay,
            ValidateEvery = 100,
            Patience = Patience,
            Threads = threads,
        };

    private AttentionOptions Transformer => new(Window, Horizon) { Width = Width };

    private NBeatsOptions Generic => new(Window, Horizon) { Width = Width, Scaling = WindowScaling.Moves };

    private NBeatsOptions Interpretable => Generic with { Stacks = [StackKind.Trend, StackKind.Seasonality], Blocks = 3 };

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException(rule);
        }
    }
}
