using AITrader.SentimentEngine.Clustering;

namespace AITrader.SentimentEngine.Tests.Clustering;

public sealed class StoriesTests
{
    private const string Original = "Infosys raises its full-year revenue forecast after winning a large contract with a European bank";
    private const string Reworded =
        "Infosys raises full-year revenue forecast after winning large contract with European bank, shares jump";
    private const string Other = "Infosys names a new chief financial officer as the present one retires at the end of the month";

    private readonly Stories _stories = new();

    [Fact]
    public void Nearly_the_same_text_is_the_same_story_and_another_is_not()
    {
        var first = Place(Original);
        var second = Place(Reworded);
        Assert.Equal(first.Story, second.Story);
        Assert.InRange(second.Likeness, Stories.Threshold, 0.9);
        Assert.NotEqual(first.Story, Place(Other).Story);
    }

    [Fact]
    public void A_copy_is_exactly_alike_whatever_its_case_punctuation_and_links()
    {
        Place(Original);
        Assert.Equal(1, Place($"{Original.ToUpperInvariant()}! https://x.example/a?b=1").Likeness);
    }

    [Fact]
    public void Texts_without_words_are_never_alike()
    {
        var first = Place("🚀🚀");
        Assert.NotEqual(first.Story, Place("🚀🚀").Story);
    }

    [Fact]
    public void The_bands_find_what_comparing_all_with_all_finds()
    {
        var random = new Random(11);
        var words = Enumerable.Range(0, 400).Select(static number => $"w{number}").ToArray();
        var texts = new List<string>();
        for (var round = 0; round < 150; round++)
        {
            var fresh = Enumerable.Range(0, 30).Select(_ => words[random.Next(words.Length)]).ToArray();
            texts.Add(string.Join(' ', fresh));
            fresh[random.Next(30)] = "changed";
            fresh[random.Next(30)] = "altered";
            texts.Add(string.Join(' ', fresh));
        }

        var expected = texts.Select((text, at) => HasNear(texts, at)).ToList();
        var found = texts.ConvertAll(text => Place(text).Likeness > 0);
        Assert.Equal(150, expected.Count(static near => near));
        Assert.Equal(expected, found);
    }

    private StoryPlace Place(string text) => _stories.Add(TextSignature.Of(text));

    private static bool HasNear(List<string> texts, int at) =>
        texts.Take(at).Any(other => TextShingles.Jaccard(TextShingles.Of(other), TextShingles.Of(texts[at])) >= Stories.Threshold);
}
