using System.Text.Json;
using AITrader.Cli.Commands.Models;
using AITrader.Cli.Views;
using AITrader.Registry.Cards;

namespace AITrader.Cli.Tests.Views;

public sealed class ModelViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Trainings_forward_in_time_are_a_line_each_and_one_for_all()
    {
        var card = Card(
            new CardWalk(
                [
                    new CardFold(Noon, Noon.AddHours(1), 700, 300, 1.5, 2, 0.625, 0.03125),
                    new CardFold(Noon.AddHours(1), Noon.AddHours(2), 1000, 300, 2.5, 2, null, null),
                ],
                new CardFold(Noon, Noon.AddHours(2), null, 600, 2.0625, 2, 0.5, 0.9)
            )
        );

        var lines = ModelView.Lines(card, answers: false).ToList();

        var first = lines.FindIndex(static line => line.Contains("forward in time", StringComparison.Ordinal));
        Assert.Equal(
            [
                "judged from to trained judged error bps persistence hits p",
                "2026-01-05 12:00 2026-01-05 13:00 700 300 1.5 2 0.625 0.0313",
                "2026-01-05 13:00 2026-01-05 14:00 1000 300 2.5 2",
                "2026-01-05 12:00 2026-01-05 14:00 all 600 2.0625 2 0.5 0.9",
            ],
            lines.Skip(first + 1).Take(4).Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        );
        Assert.All(lines.Skip(first + 1).Take(4), line => Assert.Equal(lines[first + 1].Length, line.Length));
        Assert.DoesNotContain(ModelView.Lines(Card(null), answers: false), static line =>
            line.Contains("forward in time", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Command_of_the_card_trains_forward_in_time_again() =>
        Assert.EndsWith(
            "--data a.csv --walk-forward 5",
            new TrainForecastSettings
            {
                Model = "mine",
                Data = ["/somewhere/a.csv"],
                WalkForward = 5,
            }.Command,
            StringComparison.Ordinal
        );

    private static ModelCard Card(CardWalk? walk) =>
        new()
        {
            Model = "mine",
            Version = 1,
            Task = "forecast",
            Summary = "A model.",
            TrainedAt = Noon,
            Code = "1",
            Command = "./aitrader train forecast mine",
            Sha256 = "00",
            Data = new CardData("v", [], [], new Dictionary<string, int>(), null),
            Recipe = JsonSerializer.SerializeToElement(new { }),
            Metrics = new Dictionary<string, double?>(),
            Verdict = new CardVerdict(false, "it is a test"),
            Walk = walk,
        };
}
