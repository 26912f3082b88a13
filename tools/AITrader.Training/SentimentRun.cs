using AITrader.Learning.Publishing;
using AITrader.Learning.Sentiment;
using AITrader.Registry.Cards;
using AITrader.Registry.Shelves;

namespace AITrader.Training;

/// <summary>Trains a sentiment model as an order says and puts it into the repository.</summary>
internal static class SentimentRun
{
    public static async Task<ModelCard> RunAsync(TrainingOrder order, Action<TrainingLine> say, TimeProvider time, CancellationToken ct)
    {
        if (order.Files is not [var file])
        {
            throw new ArgumentException($"{order.Files.Count} files were given: texts with labels are one CSV file.");
        }

        var recipe = new SentimentOptions { Threads = order.Threads };
        var rows = SentimentFile.Read(file);
        say(new TrainingLine("reading", rows.Count));
        var total = 2 * recipe.Members * recipe.Steps;
        var trained = await SentimentTraining.RunAsync(rows, recipe, new Relay(recipe, total, say), ct);
        say(new TrainingLine("publishing"));
        var origin = new TrainingOrigin(order.Model, order.Sources, order.Command, time.GetUtcNow()) { Licence = order.Licence };
        return SentimentPublisher.Publish(new ModelShelf(order.Repository), recipe, trained, origin);
    }

    // Of both kinds some models are trained, one after the other.
    private sealed class Relay(SentimentOptions recipe, long total, Action<TrainingLine> say) : IProgress<SentimentProgress>
    {
        private readonly List<string> _kinds = [];

        public void Report(SentimentProgress value)
        {
            if (!_kinds.Contains(value.Candidate))
            {
                _kinds.Add(value.Candidate);
            }

            var before = ((_kinds.IndexOf(value.Candidate) * recipe.Members) + value.Member - 1) * recipe.Steps;
            say(new TrainingLine("training", before + value.Step, total, Best: value.Validation));
        }
    }
}
