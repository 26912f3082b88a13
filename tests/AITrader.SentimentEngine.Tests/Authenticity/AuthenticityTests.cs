using AITrader.SentimentEngine.Authenticity;
using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Tests.Authenticity;

/// <summary>Scores as a book computes them, so that stories and history are those of life.</summary>
public sealed class AuthenticityTests
{
    private const string Headline = "Infosys raises its full-year revenue forecast after winning a large contract with a European bank";
    private const string Reworded =
        "Infosys raises full-year revenue forecast after winning large contract with European bank, shares jump";

    private static readonly DateTimeOffset Noon = Texts.Noon;

    [Fact]
    public void The_effects_of_the_reasons_add_up_to_the_score()
    {
        var score = Only(Texts.Post("INFY to the moon!!! 🚀", "a", facts: new AuthorFacts("a", Noon.AddDays(-1), 2)));
        Assert.Equal(1 / (1 + Math.Exp(-score.Reasons.Sum(static reason => reason.Effect))), score.Value, 12);
        Assert.Equal(
            [ReasonNames.Reliability, ReasonNames.Uncorroborated, ReasonNames.NewAccount, ReasonNames.FewFollowers, ReasonNames.Promotion],
            score.Reasons.Select(static reason => reason.Name)
        );
        Assert.All(score.Reasons, static reason => Assert.NotEmpty(reason.Text));
    }

    [Fact]
    public void A_filing_is_believed_more_than_news_and_news_more_than_a_post()
    {
        var filing = Only(Texts.Filing(Headline)).Value;
        var news = Only(Texts.News(Headline)).Value;
        var post = Only(Texts.Post(Headline, "a")).Value;
        Assert.True(filing > news && news > post, $"{filing} {news} {post}");
    }

    [Fact]
    public void Another_publisher_that_tells_it_in_its_own_words_corroborates()
    {
        var score = Scores(Texts.News(Headline), Texts.News(Reworded, source: "news:hindu"))[0];
        Assert.Contains("news:hindu", Reason(score, ReasonNames.Corroboration)!.Text, StringComparison.Ordinal);
        Assert.True(score.Value > Only(Texts.News(Headline)).Value);
    }

    [Fact]
    public void The_same_publisher_a_copy_and_posts_do_not_corroborate()
    {
        var alone = Only(Texts.News(Headline)).Value;
        Assert.Equal(alone, Scores(Texts.News(Headline), Texts.News(Reworded))[0].Value, 12);
        var copied = Scores(Texts.News(Headline), Texts.News(Headline, source: "news:copycat"));
        Assert.Null(Reason(copied[0], ReasonNames.Corroboration));
        Assert.Equal(-0.3, Reason(copied[1], ReasonNames.Copy)!.Effect);
        Assert.Null(Reason(Scores(Texts.News(Headline), Texts.Post(Reworded, "a"))[0], ReasonNames.Corroboration));
    }

    [Fact]
    public void A_changed_item_is_no_copy_of_itself()
    {
        var first = Texts.News(Headline, id: "7");
        var changed = Texts.News($"{Headline} today", id: "7", at: Noon.AddMinutes(5));
        Assert.Null(Reason(Scores(first, changed).Single(), ReasonNames.Copy));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, -0.4)]
    [InlineData(23, -0.4)]
    public void Old_news_that_arrives_now_is_believed_less(int hours, double effect)
    {
        var item = Texts.News(Headline) with { ReceivedAt = Noon.AddHours(hours) };
        Assert.Equal(effect, Reason(Only(item), ReasonNames.Late)?.Effect ?? 0);
    }

    [Fact]
    public void A_time_that_cannot_be_right_is_a_reason() =>
        Assert.NotNull(Reason(Only(Texts.News(Headline) with { HasOwnDate = false }), ReasonNames.Undated));

    [Fact]
    public void An_account_that_floods_is_believed_less()
    {
        var posts = Enumerable
            .Range(0, 4)
            .Select(static number => Texts.Post($"INFY thought {number} on quite something else {number}", "a"));
        Assert.All(Scores([.. posts]), static score => Assert.NotNull(Reason(score, ReasonNames.Flooding)));
        Assert.All(Scores([.. posts.Take(3)]), static score => Assert.Null(Reason(score, ReasonNames.Flooding)));
    }

    [Fact]
    public void A_wave_of_praise_without_news_is_a_pump()
    {
        var scores = Scores([.. Wave(8)]);
        Assert.All(scores, static score =>
            Assert.Contains("8 of 8 posts", Reason(score, ReasonNames.PumpWave)!.Text, StringComparison.Ordinal)
        );
        Assert.True(scores.Max(static score => score.Value) < 0.25);
    }

    [Fact]
    public void A_wave_that_follows_good_news_is_none()
    {
        SourceItem[] items = [Texts.News(Headline), .. Wave(8)];
        Assert.All(Scores(items), static score => Assert.Null(Reason(score, ReasonNames.PumpWave)));
    }

    [Fact]
    public void A_lively_forum_on_a_usual_day_is_no_wave()
    {
        // 8 posts in every half hour of the day: the last eight are nothing unusual.
        var day = Enumerable
            .Range(0, 8 * 40)
            .Select(static number =>
                Texts.Post($"INFY remark {number} about {number * 7} matters", $"u{number}", Noon.AddMinutes(number * 3.75))
            );
        Assert.All(Scores([.. day]), static score => Assert.Null(Reason(score, ReasonNames.PumpWave)));
    }

    [Fact]
    public void Reliability_is_learned_from_what_others_said_afterwards()
    {
        var opinions = new List<Opinion>();
        for (var day = 0; day < 5; day++)
        {
            var at = Noon.AddDays(day);
            opinions.Add(Texts.Opinion(Texts.News($"Day {day}: one office says this", source: "news:liar", at: at), 0.8));
            opinions.Add(
                Texts.Opinion(Texts.News($"Day {day}: the second office says that", source: "news:b", at: at.AddMinutes(1)), -0.8)
            );
            opinions.Add(
                Texts.Opinion(Texts.News($"Day {day}: a third writes other things", source: "news:c", at: at.AddMinutes(2)), -0.8)
            );
            opinions.Add(Texts.Opinion(Texts.News($"Day {day}: fourth of them all agrees", source: "news:d", at: at.AddMinutes(3)), -0.8));
        }

        var after = Texts.Opinion(Texts.News("Later that day", source: "news:z", at: Noon.AddDays(4).AddHours(7)), 0);
        var reading = Texts.Book([.. opinions, after]).Read(Texts.Symbol, Noon.AddDays(4).AddHours(7))!;
        var reasons = reading.Opinions.ToDictionary(
            static one => one.Item.Source,
            static one => Reason(one.Authenticity, ReasonNames.Reliability)!
        );
        Assert.Contains("0 of 5 judged", reasons["news:liar"].Text, StringComparison.Ordinal);
        Assert.Contains("5 of 5 judged", reasons["news:b"].Text, StringComparison.Ordinal);
        Assert.True(reasons["news:liar"].Effect < reasons["news:b"].Effect);

        var later = Texts.Book(opinions);
        Assert.Null(later.Read(Texts.Symbol, Noon.AddDays(30)));
        later.Add(Texts.Opinion(Texts.News("A month later", source: "news:liar", at: Noon.AddDays(30)), 0.5));
        Assert.Contains(
            "0 of 0 judged",
            later.Read(Texts.Symbol, Noon.AddDays(30))!.Reasons.Single(static reason => reason.Name == ReasonNames.Reliability).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_crowd_of_accounts_does_not_contradict_a_publication()
    {
        List<Opinion> opinions = [Texts.Opinion(Texts.News("Infosys warns of weak demand"), -0.8)];
        opinions.AddRange(
            Enumerable
                .Range(0, 30)
                .Select(static number => Texts.Opinion(Texts.Post($"INFY will fly {number}", $"u{number}", Noon.AddMinutes(1)), 0.9))
        );
        opinions.Add(Texts.Opinion(Texts.Post("later", "z", Noon.AddHours(7)), 0));
        var reading = Texts.Book(opinions).Read(Texts.Symbol, Noon.AddHours(7))!;
        var news = reading.Opinions.Single(static one => one.Item.Kind == SourceKind.News);
        Assert.Contains("0 of 0 judged", Reason(news.Authenticity, ReasonNames.Reliability)!.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<SourceItem> Wave(int posts) =>
        Enumerable
            .Range(0, posts)
            .Select(static number =>
                Texts.Post($"INFY story {number} by {number * 31} is great {number * 17}", $"u{number}", Noon.AddMinutes(number))
            );

    private static AuthenticityScore Only(SourceItem item) => Assert.Single(Scores(item));

    // In the order of the items.
    private static List<AuthenticityScore> Scores(params SourceItem[] items)
    {
        var book = Texts.Book(items.OrderBy(static item => item.ReceivedAt).Select(static item => Texts.Opinion(item, 0.8)));
        var reading = book.Read(Texts.Symbol, items.Max(static item => item.ReceivedAt))!;
        return
        [
            .. items.Select(item => reading.Opinions.FirstOrDefault(one => one.Item == item)?.Authenticity).OfType<AuthenticityScore>(),
        ];
    }

    private static AuthenticityReason? Reason(AuthenticityScore score, string name) =>
        score.Reasons.SingleOrDefault(reason => reason.Name == name);
}
