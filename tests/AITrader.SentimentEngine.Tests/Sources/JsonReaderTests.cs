using System.Text;
using AITrader.SentimentEngine.Items;
using AITrader.SentimentEngine.Sources;
using AITrader.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.SentimentEngine.Tests.Sources;

public sealed class JsonReaderTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_listing_of_reddit_is_read()
    {
        var content = File.ReadAllBytes(SharedData.Require("reddit/r_hot.json"));
        var items = FeedItemReaderTests.Made(
            new RedditItemReader().Read(content, null),
            new SourceSetting { Name = "social:stocks", Url = "https://www.reddit.com/r/stocks" }
        );
        Assert.NotEmpty(items);
        var first = items[0];
        Assert.Equal(("t3_46c00m", "social:stocks/user1", SourceKind.Social), (first.ExternalId, first.Publisher, first.Kind));
        Assert.StartsWith("https://www.reddit.com/r/stocks/comments/", first.Url, StringComparison.Ordinal);
        Assert.Contains("what's priced in?", first.Text, StringComparison.Ordinal);
        Assert.All(items, static item => Assert.True(item.HasOwnDate));
    }

    [Fact]
    public void Of_a_listing_a_broken_post_a_comment_and_what_was_removed_cost_nothing()
    {
        const string Listing = """
            {"kind":"Listing","data":{"children":[
              {"kind":"t1","data":{"name":"t1_a","body":"a comment"}},
              {"kind":"t3","data":null},
              {"kind":"t3","data":{"name":"t3_b","title":"$INFY &amp; others","selftext":"[removed]","author":"[deleted]","created_utc":1772438400.0}},
              {"kind":"t3","data":{"name":"t3_c","title":"second","selftext":"5 &lt; 6","author":"u","created_utc":"soon"}}]}}
            """;
        var result = new RedditItemReader().Read(Encoding.UTF8.GetBytes(Listing), null);
        Assert.Single(result.Faults);
        var items = FeedItemReaderTests.Made(result, new SourceSetting { Name = "social:stocks" });
        Assert.Equal(["$INFY & others", "second"], items.Select(static item => item.Title));
        Assert.Equal(("social:stocks", string.Empty), (items[0].Publisher, items[0].Body));
        Assert.Equal("5 < 6", items[1].Body);
        Assert.False(items[1].HasOwnDate);
    }

    [Fact]
    public void Posts_of_x_come_with_their_accounts()
    {
        const string Answer = """
            {"data":[
              {"id":"1","text":"$INFY &amp; $TCS","author_id":"7","created_at":"2026-03-02T09:00:00.000Z"},
              {"id":"2","text":"by nobody known","author_id":"8"}],
             "includes":{"users":[{"id":"7","username":"ann","created_at":"2026-02-27T00:00:00Z","verified":false,"public_metrics":{"followers_count":3}}]},
             "errors":[{"detail":"Could not find user 8"}],"meta":{"result_count":2}}
            """;
        var result = new XItemReader().Read(Encoding.UTF8.GetBytes(Answer), null);
        Assert.Contains("Could not find user 8", Assert.Single(result.Faults), StringComparison.Ordinal);
        var items = FeedItemReaderTests.Made(result, new SourceSetting { Name = "social:x" });
        Assert.Equal("$INFY & $TCS", items[0].Body);
        Assert.Equal(
            new AuthorFacts("ann", new DateTimeOffset(2026, 2, 27, 0, 0, 0, TimeSpan.Zero), 3, IsVerified: false),
            items[0].Author
        );
        Assert.Equal("social:x/8", items[1].Publisher);
        Assert.Empty(new XItemReader().Read("{\"meta\":{\"result_count\":0}}"u8.ToArray(), null).Items);
    }

    [Fact]
    public void Filings_of_the_sec_are_read_with_what_they_are_about()
    {
        var content = File.ReadAllBytes(SharedData.Require("edgar/submissions_CIK0000320193.json"));
        var setting = new SourceSetting { Name = "filing:apple", Symbols = { "NASDAQ:AAPL" } };
        var result = new EdgarItemReader(setting, Time).Read(content, null);
        Assert.Empty(result.Faults);
        var items = FeedItemReaderTests.Made(result, setting);
        var results = items.Single(static item => item.ExternalId == "0000320193-23-000075");
        Assert.Equal("Apple Inc. files 8-K: results of operations and financial condition", results.Title);
        Assert.Equal("https://www.sec.gov/Archives/edgar/data/320193/000032019323000075/aapl-20230803.htm", results.Url);
        Assert.Equal(["NASDAQ:AAPL"], results.Symbols);

        // Half past four in New York, though it says 16:30Z.
        Assert.Equal(new DateTimeOffset(2023, 8, 3, 20, 30, 21, TimeSpan.Zero), results.PublishedAt);
        Assert.DoesNotContain(items, static item => item.Title.Contains("files 4", StringComparison.Ordinal));
        Assert.Equal(items.Count, items.Select(static item => item.ContentHash).Distinct().Count());
    }

    [Fact]
    public void A_filing_that_would_be_of_the_future_is_read_as_utc()
    {
        const string Answer = """
            {"cik":"1","name":"A","filings":{"recent":{"accessionNumber":["0-1","0-2"],"form":["8-K/A"],"items":["2.02,99.99"],"acceptanceDateTime":["2026-03-02T11:00:00.000Z"]}}}
            """;
        var item = Assert.Single(
            new EdgarItemReader(new SourceSetting { Name = "filing:a" }, Time).Read(Encoding.UTF8.GetBytes(Answer), null).Items
        );
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 11, 0, 0, TimeSpan.Zero), item.Published);
        Assert.EndsWith("results of operations and financial condition; item 99.99", item.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_json_is_read_by_its_paths()
    {
        var setting = new SourceSetting
        {
            Name = "news:api",
            ItemsPath = "response.groups[].articles",
            IdPath = "meta.id",
            TitlePath = "headline",
            BodyPath = "text[0]",
            UrlPath = "links[1].href",
            DatePath = "time",
        };
        const string Answer = """
            {"response":{"groups":[
              {"articles":[{"meta":{"id":12},"headline":"<b>One</b>","text":["first","second"],"links":[{},{"href":"https://a.example/1"}],"time":1772438400}]},
              {"articles":[{"headline":"Two","time":1772438400000},{"headline":3,"time":"2026-03-02T08:00:00Z"},"no object"]}]}}
            """;
        var items = FeedItemReaderTests.Made(new JsonItemReader(setting).Read(Encoding.UTF8.GetBytes(Answer), null), setting);
        Assert.Equal(["One", "Two", "3"], items.Select(static item => item.Title));
        Assert.Equal(("12", "first", "https://a.example/1"), (items[0].ExternalId, items[0].Body, items[0].Url));
        Assert.All(items, static item => Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), item.PublishedAt));
    }

    [Theory]
    [InlineData("<html>", "no JSON")]
    [InlineData("{\"other\":[]}", "'articles'")]
    public void What_is_not_there_is_told(string answer, string reason)
    {
        var reader = new JsonItemReader(new SourceSetting { Name = "news:api", ItemsPath = "articles" });
        Assert.Contains(reason, Assert.Single(reader.Read(Encoding.UTF8.GetBytes(answer), null).Faults), StringComparison.Ordinal);
    }
}
