using AITrader.Backtesting.Data;
using AITrader.Learning.Patterns;
using AITrader.Learning.Publishing;
using AITrader.Learning.Recipes;
using AITrader.Learning.Training;
using AITrader.Registry.Cards;
using AITrader.Registry.Shelves;

namespace AITrader.Training;

/// <summary>Trains a classifier of patterns as an order says and puts it into the repository.</summary>
internal static class PatternRun
{
    public static ModelCard Run(TrainingOrder order, Action<TrainingLine> say, TimeProvider time, CancellationToken ct)
    {
        var recipe = RecipeJson.ReadPatterns(order.Recipe);
        var series = Bars(order, recipe, say, ct);
        var training = new PatternTraining(recipe, order.Threads);
        var trained = training.Run(series, new Relay<TrainingProgress>(progress => say(progress.ToLine())), ct);
        say(new TrainingLine("publishing"));
        var origin = new TrainingOrigin(order.Model, order.Sources, order.Command, time.GetUtcNow()) { Licence = order.Licence };
        return PatternPublisher.Publish(new ModelShelf(order.Repository), recipe, series, trained, origin);
    }

    private static List<LabelledBars> Bars(TrainingOrder order, PatternRecipe recipe, Action<TrainingLine> say, CancellationToken ct)
    {
        var tape = MarketReader.Read(order, new Relay<long>(count => say(new TrainingLine("reading", count))), ct);
        List<LabelledBars> bars = [];
        foreach (var seconds in recipe.BarSeconds)
        {
            bars.AddRange(Bars(tape, seconds, order));
        }

        return bars;
    }

    private static IEnumerable<LabelledBars> Bars(MarketTape tape, int seconds, TrainingOrder order)
    {
        if (tape.BarLength > TimeSpan.FromSeconds(seconds))
        {
            throw new ArgumentException(
                $"the files hold bars of {tape.BarLength:c}, from which none of {seconds} s can be made: say --bar-seconds {tape.BarLength.TotalSeconds:0}"
            );
        }

        var labellers = tape.Symbols.Select(symbol => new BarLabeller(symbol, seconds)).ToArray();
        foreach (ref readonly var tick in tape.Ticks)
        {
            labellers[tick.Symbol].Add(tick);
        }

        return labellers
            .Where((labeller, symbol) => labeller.Count > 0 && MarketReader.IsWanted(order, tape.Symbols[symbol]))
            .Select(static labeller => labeller.ToBars());
    }
}
