using AITrader.Learning.Models;
using AITrader.Learning.Training;
using AITrader.Signals.Patterns.Models;

namespace AITrader.Learning.Patterns;

/// <summary>How a classifier of patterns is trained and judged. Everything that a result depends on beside the bars.</summary>
/// <remarks>Settable, not init: generated deserialisers forget the defaults of init members.</remarks>
public sealed record PatternRecipe
{
    /// <summary>The classes; the first is that of no pattern.</summary>
    public IReadOnlyList<PatternClass> Classes { get; set; } = PatternClasses.All;

    /// <summary>Lengths of bars, in seconds: shapes are the same at any, so that several are more to learn from. 1, 5, 15, 60.</summary>
    public IReadOnlyList<int> BarSeconds { get; set; } = [1, 5, 15, 60];

    /// <summary>Bars of a window, a multiple of 4. 64.</summary>
    public int Bars { get; set; } = 64;

    /// <summary>Filters of the first layer. 16.</summary>
    public int Filters { get; set; } = 16;

    /// <summary>Steps of training at most. 3000.</summary>
    public int Steps { get; set; } = 3000;

    /// <summary>Examples of a step. 128.</summary>
    public int Rows { get; set; } = 128;

    /// <summary>Highest rate of learning. 0.001.</summary>
    public double Rate { get; set; } = 1e-3;

    /// <summary>Share of the rate by which a step shrinks each weight. 0.05.</summary>
    public double Decay { get; set; } = 0.05;

    /// <summary>Validations without a better result after which training ends; there is one each 100 steps. 8.</summary>
    public int Patience { get; set; } = 8;

    /// <summary>Draws first weights and examples. 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Share of the bars to choose by. 0.15.</summary>
    public double Validation { get; set; } = 0.15;

    /// <summary>Share of the bars to judge by, the newest. 0.15.</summary>
    public double Test { get; set; } = 0.15;

    /// <summary>Checks it.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message says which is right.</exception>
    public void Require()
    {
        Require(
            Classes.Count >= 2 && Classes.DistinctBy(static one => one.Name).Count() == Classes.Count,
            "classes are at least 2, of different names"
        );
        Require(
            BarSeconds.Count > 0 && BarSeconds.All(static length => length is >= 1 and <= 86_400),
            $"bars are 1 to 86400 seconds long, not {string.Join(", ", BarSeconds)}"
        );
        Require(Bars is >= 8 and <= 1024 && Bars % 4 == 0, $"bars are 8 to 1024, a multiple of 4, not {Bars}");
        Require(Filters is >= 1 and <= 256, $"filters are 1 to 256, not {Filters}");
        Require(Steps is >= 1 and <= 10_000_000, $"steps are 1 to 10000000, not {Steps}");
        Require(Rows is >= 1 and <= 65_536, $"rows are 1 to 65536, not {Rows}");
        Require(Rate is > 0 and <= 1, $"rate is above 0, at most 1, not {Rate}");
        Require(Decay is >= 0 and < 1, $"decay is from 0 to below 1, not {Decay}");
        Require(Patience >= 1, $"patience is at least 1, not {Patience}");
        Require(
            Validation > 0 && Test > 0 && Validation + Test < 1,
            $"validation and test are above 0 and together below 1, not {Validation} and {Test}"
        );
    }

    internal PatternClassifierOptions Model => new(Bars, Classes.Count) { Filters = Filters };

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

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException(rule);
        }
    }
}
