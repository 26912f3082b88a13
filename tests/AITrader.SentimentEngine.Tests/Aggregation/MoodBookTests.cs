using AITrader.SentimentEngine.Aggregation;
using AITrader.SentimentEngine.Authenticity;
using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Tests.Aggregation;

public sealed class MoodBookTests
{
    private static readonly DateTimeOffset Noon = Texts.Noon;

    [Fact]
    public void Without_opinions_there_is_no_mood() => Assert.Null(Texts.Book().Read(Texts.Symbol, Noon));

    [Fact]
    public void One_opinion_is_the_mood_with_half_of_the_models_confidence()
    {
        var reading = Texts.Book(Texts.Opinion(Texts.News("Infosys rises"), 0.6)).Read(Texts.Symbol, Noon)!;
        Assert.Equal((0.6, 1d, 1), (reading.Score, reading.Volume, reading.Stories));
        Assert.Equal(0.45, reading.Confidence, 12);
        Assert.Equal(["news:mint"], reading.Sources);
        Assert.Equal(["finbert-tone 1"], reading.Models);
    }

    [Fact]
    public void An_opinion_counts_half_after_the_half_life_and_not_after_the_window()
    {
        var book = Texts.Book(Texts.Opinion(Texts.News("Infosys rises"), 0.6));
        Assert.Equal(0.5, book.Read(Texts.Symbol, Noon.AddHours(2))!.Volume, 12);
        Assert.NotNull(book.Read(Texts.Symbol, Noon.AddHours(24).AddTicks(-1)));
        Assert.Null(book.Read(Texts.Symbol, Noon.AddHours(24)));
    }

    [Fact]
    public void The_newer_of_two_opposite_opinions_prevails()
    {
        var reading = Texts
            .Book(
                Texts.Opinion(Texts.News("Infosys rises on strong orders from banks"), 0.8),
                Texts.Opinion(Texts.News("Regulator opens a case against Infosys", at: Noon.AddHours(4)), -0.8)
            )
            .Read(Texts.Symbol, Noon.AddHours(4))!;
        Assert.InRange(reading.Score, -0.8, -0.3);
    }

    [Fact]
    public void Disagreement_and_little_volume_lower_confidence()
    {
        var agree = Many(0.8, 0.8, 0.8).Confidence;
        Assert.True(agree > Many(0.8, 0.8).Confidence);
        Assert.True(agree > Many(0.8, -0.8, 0.8).Confidence);
    }

    [Fact]
    public void A_story_copied_by_one_publisher_a_hundred_times_counts_once()
    {
        const string Text = "Infosys rises after a large order from a European bank";
        var copies = Enumerable.Range(0, 100).Select(number => Texts.Opinion(Texts.News(Text, id: $"{number}"), 0.9));
        var reading = Texts
            .Book([.. copies, Texts.Opinion(Texts.News("Analysts doubt its quarterly numbers entirely", id: "x"), -0.9)])
            .Read(Texts.Symbol, Noon)!;
        Assert.Equal(2, reading.Volume, 9);
        Assert.InRange(reading.Score, -0.3, 0.3);
    }

    [Fact]
    public void Of_a_changed_item_only_the_last_version_counts()
    {
        var reading = Texts
            .Book(
                Texts.Opinion(Texts.News("Infosys beats estimates", id: "7"), 0.9),
                Texts.Opinion(Texts.News("Correction: Infosys misses estimates", id: "7", at: Noon.AddMinutes(1)), -0.9)
            )
            .Read(Texts.Symbol, Noon.AddMinutes(1))!;
        Assert.Equal(-0.9, reading.Score, 12);
        Assert.Single(reading.Opinions);
    }

    [Fact]
    public void A_pump_moves_the_mood_less_than_one_report()
    {
        var wave = Enumerable
            .Range(0, 12)
            .Select(static number =>
                Texts.Opinion(
                    Texts.Post(
                        $"INFY guaranteed 10x {number} number {number * 13}",
                        $"u{number}",
                        Noon.AddMinutes(1),
                        new AuthorFacts($"u{number}", Noon.AddDays(-2))
                    ),
                    0.95
                )
            );
        var reading = Texts
            .Book([Texts.Opinion(Texts.News("Infosys warns that demand in Europe is weak"), -0.8), .. wave])
            .Read(Texts.Symbol, Noon.AddMinutes(1))!;
        Assert.Contains(reading.Reasons, static reason => reason.Name == ReasonNames.PumpWave);
        Assert.True(reading.Authenticity < 0.3, $"{reading.Authenticity}");
        Assert.True(reading.Score < 0.6, $"{reading.Score}");
    }

    [Fact]
    public void Symbols_do_not_touch_each_other()
    {
        var item = Texts.News("Infosys gains on TCS");
        var book = Texts.Book(Texts.Opinion(item, 0.9), Texts.Opinion(item, -0.9, "NSE:TCS"));
        Assert.Equal((0.9, -0.9), (book.Read("NSE:INFY", Noon)!.Score, book.Read("NSE:TCS", Noon)!.Score));
        Assert.Equal(["NSE:INFY", "NSE:TCS"], book.Symbols);
    }

    [Fact]
    public void Recorded_items_give_the_same_readings_whoever_asked_in_between()
    {
        var recorded = Recorded(seed: 5, count: 400);
        var asked = new MoodBook(Texts.Settings);
        var silent = new MoodBook(Texts.Settings);
        foreach (var opinion in recorded)
        {
            asked.Add(opinion);
            asked.Read(opinion.Symbol, opinion.Item.ReceivedAt.AddMinutes(1));
            silent.Add(opinion);
        }

        var end = recorded[^1].Item.ReceivedAt.AddMinutes(5);
        Assert.Equal(Told(silent.Read(Texts.Symbol, end)!), Told(asked.Read(Texts.Symbol, end)!));
    }

    [Fact]
    public void A_restart_that_reads_its_memory_goes_on_as_if_nothing_had_been()
    {
        var recorded = Recorded(seed: 9, count: 2500);
        var end = recorded[^1].Item.ReceivedAt;
        Assert.True(end - recorded[0].Item.ReceivedAt > Texts.Settings.Memory);
        var always = Texts.Book(recorded);
        var restarted = Texts.Book(recorded.Where(opinion => opinion.Item.ReceivedAt >= end - Texts.Settings.Memory));
        Assert.Equal(Told(always.Read(Texts.Symbol, end)!), Told(restarted.Read(Texts.Symbol, end)!));
    }

    [Fact]
    public void A_reading_does_not_depend_on_what_becomes_known_later()
    {
        var recorded = Recorded(seed: 3, count: 200);
        for (var known = 1; known < recorded.Count; known += 20)
        {
            var at = recorded[known - 1].Item.ReceivedAt;
            var live = Texts.Book(recorded.Take(known)).Read(Texts.Symbol, at);
            var replayed = new MoodBook(Texts.Settings);
            MoodReading? then = null;
            for (var next = 0; next < recorded.Count; next++)
            {
                replayed.Add(recorded[next]);
                then = next == known - 1 ? replayed.Read(Texts.Symbol, at) : then;
            }

            Assert.Equal(Told(live!), Told(then!));
        }
    }

    [Fact]
    public void Opinions_out_of_order_are_refused() =>
        Assert.Throws<ArgumentException>(static () =>
            Texts.Book(Texts.Opinion(Texts.News("b", at: Noon.AddMinutes(1)), 0), Texts.Opinion(Texts.News("a"), 0))
        );

    private static MoodReading Many(params double[] scores) =>
        Texts
            .Book(scores.Select(static (score, number) => Texts.Opinion(Texts.News($"{number} story {number * 3} of {number * 5}"), score)))
            .Read(Texts.Symbol, Noon)!;

    private static List<Opinion> Recorded(int seed, int count)
    {
        var random = new Random(seed);
        var at = Noon;
        var opinions = new List<Opinion>();
        for (var number = 0; number < count; number++)
        {
            at = at.AddSeconds(random.Next(1, 600));
            var text = $"Infosys matter {random.Next(40)} of {random.Next(5)} in quarter {random.Next(4)}";
            var item =
                random.Next(3) == 0
                    ? Texts.Post(text, $"u{random.Next(20)}", at)
                    : Texts.News(text, source: $"news:{(char)('a' + random.Next(4))}", at: at, id: $"{number}");
            opinions.Add(Texts.Opinion(item, (random.NextDouble() * 2) - 1));
        }

        return opinions;
    }

    private static string Told(MoodReading reading) =>
        $"{reading.Score:R} {reading.Confidence:R} {reading.Authenticity:R} {reading.Volume:R} "
        + string.Join('|', reading.Reasons.Select(static reason => $"{reason.Name} {reason.Effect:R} {reason.Text}"));
}
