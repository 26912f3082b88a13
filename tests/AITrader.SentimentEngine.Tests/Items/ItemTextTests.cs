using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Tests.Items;

public sealed class ItemTextTests
{
    [Theory]
    [InlineData("a\0b\u000fc", "abc")]
    [InlineData("  a \r\n\t b\u00a0c ", "a b c")]
    [InlineData("half \ud83d pair", "half pair")]
    [InlineData("turned \u202earound\u200b", "turned around")]
    [InlineData("🚀 rocket", "🚀 rocket")]
    [InlineData(null, "")]
    public void Text_is_cleaned(string? text, string clean) => Assert.Equal(clean, ItemText.Clean(text, 100));

    [Fact]
    public void Long_text_is_cut_and_no_pair_is_halved()
    {
        Assert.Equal("abc", ItemText.Clean("abc🚀def", 4));
        Assert.Equal(50, ItemText.Clean(new string('x', 1000), 50).Length);
    }

    [Fact]
    public void The_same_words_of_another_day_or_author_are_another_item()
    {
        var hash = ItemIdentity.HashOf("Markets at noon", "", "", Texts.Noon);
        Assert.Equal(hash, ItemIdentity.HashOf("Markets at noon", "", "", Texts.Noon.AddHours(1)));
        Assert.NotEqual(hash, ItemIdentity.HashOf("Markets at noon", "", "", Texts.Noon.AddDays(1)));
        Assert.NotEqual(hash, ItemIdentity.HashOf("Markets at noon", "", "a", Texts.Noon));
        Assert.NotEqual(ItemIdentity.HashOf("ab", "c", "", null), ItemIdentity.HashOf("a", "bc", "", null));
    }
}
