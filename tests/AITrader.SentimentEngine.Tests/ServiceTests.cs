using System.Globalization;
using System.Net;
using AITrader.Contracts.Messages;
using AITrader.SentimentEngine.Tests.Fetching;
using AITrader.Storage.Outbox;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Http;

namespace AITrader.SentimentEngine.Tests;

/// <summary>The real engine on a real database and bus, beside a feed and a finbert-server that do as they are told.</summary>
public sealed class ServiceTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IAsyncLifetime
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:1");

    private FetchServer _feed = null!;
    private ServiceDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _feed = await FetchServer.StartAsync();
        _database = await EngineFixture.NewDatabaseAsync();
    }

    public ValueTask DisposeAsync() => _feed.DisposeAsync();

    [Fact]
    public async Task What_a_feed_tells_is_stored_once_read_published_and_answered()
    {
        await using var finbert = await FinBertStandIn.StartAsync();
        var round = 0;
        _feed.Answer = context =>
        {
            // New ids and the same texts at every fetch.
            round++;
            return context.Response.WriteAsync(
                Rss(
                    ("Infosys rises", $"a{round}"),
                    ("Infosys rises", $"b{round}"),
                    ("TCS falls & rests", $"c{round}"),
                    ("Nothing of ours", "d")
                )
            );
        };
        await using var engine = await StartAsync(finbert.Address);
        await EngineFixture.UntilReadAsync(engine, "NSE:INFY");
        await EngineFixture.UntilReadAsync(engine, "NSE:TCS");
        await EngineFixture.UntilAsync(() => Task.FromResult(round > 4), "some more rounds");
        await EngineFixture.UntilAsync(
            async () => (await EngineFixture.ItemsAsync(_database)).TrueForAll(static row => row.ReadAt is not null),
            "stored"
        );

        var rows = await EngineFixture.ItemsAsync(_database);
        Assert.Equal(["NSE:INFY", "NSE:TCS"], rows.Select(static row => row.Symbol).Order());
        Assert.All(rows, static row => Assert.Equal(("finbert-tone 3", "news:feed"), (row.Model, row.Source)));
        Assert.All(rows, static row => Assert.Contains("source-reliability", row.Reasons, StringComparison.Ordinal));
        Assert.StartsWith("Bearer ", finbert.Authorization, StringComparison.Ordinal);

        var (_, mood) = await EngineFixture.AskAsync(engine, "/sentiment/NSE:INFY");
        Assert.Equal(0.88, mood.GetProperty("score").GetDouble(), 6);
        Assert.Equal("finbert-tone 3", mood.GetProperty("models")[0].GetString());
        Assert.Equal("news:feed", mood.GetProperty("sources")[0].GetString());
        Assert.Equal("1.00:00:00", mood.GetProperty("window").GetString());
        Assert.Equal("source-reliability", mood.GetProperty("reasons")[0].GetProperty("name").GetString());
        Assert.Equal("Infosys rises", mood.GetProperty("items")[0].GetProperty("text").GetString());

        await EngineFixture.UntilAsync(
            async () => (await EngineFixture.OutboxAsync(_database)).TrueForAll(static row => row.SentAt is not null),
            "published"
        );
        var reading = (await EngineFixture.OutboxAsync(_database))
            .Select(OutboxMessages.Read)
            .Cast<SentimentReading>()
            .First(static one => one.Symbol == "NSE:INFY");
        Assert.Equal(
            ("news:feed", "finbert-tone 3", rows.First(static row => row.Symbol == "NSE:INFY").ReceivedAt),
            (reading.Sources, reading.Model, reading.Timestamp)
        );
        Assert.Contains("sources answer", await EngineFixture.ReasonAsync(engine), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_while_finbert_server_is_away_waits_in_the_database()
    {
        var port = FreePort.Find();
        _feed.Answer = Respond(Rss(("Infosys rises", "1")));
        await using var engine = await StartAsync(new Uri($"http://127.0.0.1:{port}"));
        await EngineFixture.UntilAsync(async () => (await EngineFixture.ItemsAsync(_database)).Count == 1, "stored");
        Assert.Null((await EngineFixture.ItemsAsync(_database)).Single().ReadAt);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await EngineFixture.AskAsync(engine, "/sentiment/NSE:INFY")).Status);
        await engine.KillAsync();

        // It is no longer in the feed, and another engine has it read.
        _feed.Answer = Respond(Rss(Array.Empty<string>()));
        await using var finbert = await FinBertStandIn.StartAsync(port);
        await using var next = await StartAsync(finbert.Address);
        await EngineFixture.UntilReadAsync(next, "NSE:INFY");
    }

    [Fact]
    public async Task A_restart_goes_on_from_what_is_stored_without_feed_and_model()
    {
        _feed.Answer = Respond(Rss(("Infosys rises", "1"), ("Infosys falls on its knees today", "2")));
        double score;
        await using (var finbert = await FinBertStandIn.StartAsync())
        await using (var engine = await StartAsync(finbert.Address))
        {
            await EngineFixture.UntilAsync(
                async () => (await EngineFixture.ItemsAsync(_database)).Count(static row => row.ReadAt is not null) == 2,
                "both read"
            );
            await EngineFixture.UntilReadAsync(engine, "NSE:INFY");
            score = (await EngineFixture.AskAsync(engine, "/sentiment/NSE:INFY")).Answer.GetProperty("score").GetDouble();
        }

        _feed.Answer = static context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await using var next = await StartAsync(Nowhere);
        await EngineFixture.UntilReadAsync(next, "NSE:INFY");
        Assert.Equal(score, (await EngineFixture.AskAsync(next, "/sentiment/NSE:INFY")).Answer.GetProperty("score").GetDouble(), 6);
    }

    [Fact]
    public async Task A_text_that_finbert_server_refuses_does_not_keep_others_waiting()
    {
        await using var finbert = await FinBertStandIn.StartAsync();
        _feed.Answer = Respond(
            Rss([
                .. Enumerable.Range(0, 12).Select(static number => ($"Infosys {number} rises {number * 7}", $"{number}")),
                ("Infosys unreadable", "x"),
            ])
        );
        await using var engine = await StartAsync(finbert.Address);
        await EngineFixture.UntilAsync(
            async () => (await EngineFixture.ItemsAsync(_database)).Count(static row => row.ReadAt is not null) == 13,
            "all decided"
        );
        var rows = await EngineFixture.ItemsAsync(_database);
        Assert.Equal("Infosys unreadable", Assert.Single(rows, static row => row.Model.Length == 0).Text);
    }

    [Fact]
    public async Task Redis_may_be_away_and_what_was_read_is_published_afterwards()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.StopAsync();
        await using var finbert = await FinBertStandIn.StartAsync();
        _feed.Answer = Respond(Rss(("Infosys rises", "1")));
        await using var engine = await StartAsync(finbert.Address, ("ConnectionStrings:redis", redis.ConnectionString));
        await EngineFixture.UntilReadAsync(engine, "NSE:INFY");
        Assert.All(await EngineFixture.OutboxAsync(_database), static row => Assert.Null(row.SentAt));
        await redis.StartAgainAsync();
        await EngineFixture.UntilAsync(
            async () =>
                (await EngineFixture.OutboxAsync(_database)) is { Count: > 0 } rows
                && rows.TrueForAll(static row => row.SentAt is not null),
            "published when the bus is back"
        );
    }

    [Fact]
    public async Task Postgres_may_be_away_and_nothing_that_was_fetched_is_lost()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await using var finbert = await FinBertStandIn.StartAsync();
        _feed.Answer = Respond(Rss(("Infosys rises", "1")));
        await using var engine = await StartAsync(finbert.Address, ("ConnectionStrings:aitrader", database.App));
        await EngineFixture.UntilReadAsync(engine, "NSE:INFY");

        await server.KillAsync();
        var asked = _feed.Requests.Count;
        _feed.Answer = RespondWithETag(Rss(("Infosys falls while the database is away", "2")));
        await EngineFixture.UntilAsync(() => Task.FromResult(_feed.Requests.Count > asked + 2), "fetched while the database is away");
        Assert.Equal(HttpStatusCode.OK, (await EngineFixture.AskAsync(engine, "/sentiment/NSE:INFY")).Status);
        await server.StartAgainAsync();
        await EngineFixture.UntilAsync(
            async () => (await EngineFixture.ItemsAsync(database)).Count(static row => row.ReadAt is not null) == 2,
            "both read"
        );
    }

    // EDGAR and many feeds list what is months old: what was removed for its age must not come back as new.
    [Fact]
    public async Task What_is_older_than_what_is_kept_is_not_stored_however_often_it_is_listed()
    {
        await using var finbert = await FinBertStandIn.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var round = 0;
        _feed.Answer = context =>
        {
            round++;
            return context.Response.WriteAsync(
                Rss(
                    Item("Infosys fell long ago", "1", now.AddDays(-31)),
                    Item("Infosys rises", "2", now.AddDays(-29)),
                    Item("Infosys rests", "3", null)
                )
            );
        };
        await using var engine = await StartAsync(finbert.Address, ("SentimentItems:Retention", "30.00:00:00"));
        await EngineFixture.UntilAsync(() => Task.FromResult(round > 4), "some rounds");
        await EngineFixture.UntilAsync(async () => (await EngineFixture.ItemsAsync(_database)).Count >= 2, "stored");

        Assert.Equal(
            ["Infosys rests", "Infosys rises"],
            (await EngineFixture.ItemsAsync(_database)).Select(static row => row.Text).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_source_that_fails_is_told_and_does_not_stop_another()
    {
        await using var finbert = await FinBertStandIn.StartAsync();
        _feed.Answer = Respond("<html>Sign in</html>");
        await using var good = await FetchServer.StartAsync();
        good.Answer = Respond(Rss(("Infosys rises", "1")));
        await using var engine = await StartAsync(
            finbert.Address,
            ("Sources:Listed:1:Name", "news:good"),
            ("Sources:Listed:1:Url", good.Root.ToString()),
            ("Fetch:AllowedPrivate:1", good.Root.Authority)
        );
        await EngineFixture.UntilReadAsync(engine, "NSE:INFY");
        await EngineFixture.UntilAsync(
            async () =>
                (await EngineFixture.ReasonAsync(engine)).Contains(
                    "1 of 2 sources fail; news:feed: the answer is a page",
                    StringComparison.Ordinal
                ),
            "the reason"
        );
        await EngineFixture.UntilAsync(
            () => Task.FromResult(engine.Output.Any(static line => line.Contains("\"event_id\":8002", StringComparison.Ordinal))),
            "told in the log"
        );
    }

    [Fact]
    public async Task The_mocks_news_move_the_mood_through_all_their_faults()
    {
        await using var finbert = await FinBertStandIn.StartAsync();
        await using var mock = await ServiceProcess.StartAsync(
            "AITrader.MockLlm",
            ("News:FaultShare", "0.4"),
            ("News:StoryEvery", "00:00:01")
        );
        await using var engine = await fixture.StartAsync(
            _database,
            finbert.Address,
            ("services:mock-llm:http:0", mock.Client.BaseAddress!.ToString())
        );
        foreach (var symbol in (string[])["NSE:INFY", "NSE:TCS", "NSE:RELIANCE", "NSE:HDFCBANK", "NSE:SBIN"])
        {
            await EngineFixture.UntilReadAsync(engine, symbol);
        }
    }

    [Theory]
    [InlineData("Sources:Listed:0:Name", "reuters", "Sources:Listed:0:Name: 'reuters' is not news:")]
    [InlineData("Sources:Listed:0:Url", "ftp://a", "Sources:Listed:0:Url: 'ftp://a' is no address")]
    [InlineData("SentimentItems:Retention", "8.00:00:00", "SentimentItems:Retention must be at least what readings are made of")]
    [InlineData("SentimentItems:Retention", "00:00:00", "Retention")]
    [InlineData("Sentiment:HalfLife", "00:00:00", "Sentiment:HalfLife must be between")]
    [InlineData("Fetch:MaxBytes", "1", "MaxBytes")]
    [InlineData("Linking:Companies:0:Symbol", "", "Linking:Companies:0:Symbol")]
    public async Task A_senseless_setting_stops_the_start(string setting, string value, string reason)
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(
            "AITrader.SentimentEngine",
            ("ConnectionStrings:redis", "127.0.0.1:1"),
            ("ConnectionStrings:aitrader", "Host=127.0.0.1;Port=1"),
            ("Sources:Listed:0:Name", "news:feed"),
            ("Sources:Listed:0:Url", "http://a.example"),
            (setting, value)
        );
        Assert.Equal(1, exitCode);
        Assert.Contains(reason, Assert.Single(errors), StringComparison.Ordinal);
    }

    private Task<ServiceProcess> StartAsync(Uri finbert, params (string Path, string Value)[] more) =>
        fixture.StartAsync(
            _database,
            finbert,
            [
                ("Sources:Listed:0:Name", "news:feed"),
                ("Sources:Listed:0:Url", _feed.Root.ToString()),
                ("Fetch:AllowedPrivate:0", _feed.Root.Authority),
                .. more,
            ]
        );

    private static RequestDelegate Respond(string text) => context => context.Response.WriteAsync(text);

    private static RequestDelegate RespondWithETag(string text) =>
        context =>
        {
            context.Response.Headers.ETag = "\"1\"";
            if (context.Request.Headers.IfNoneMatch == "\"1\"")
            {
                context.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync(text);
        };

    private static string Rss(params (string Title, string Id)[] items)
    {
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        return Rss([.. items.Select(item => Item(item.Title, item.Id, now))]);
    }

    private static string Rss(params string[] items) =>
        $"<rss version='2.0'><channel><title>t</title>{string.Concat(items)}</channel></rss>";

    private static string Item(string title, string id, DateTimeOffset? published)
    {
        var date = published is { } known ? $"<pubDate>{known.ToString("r", CultureInfo.InvariantCulture)}</pubDate>" : string.Empty;
        return $"<item><title>{title}</title><guid>{id}</guid>{date}</item>";
    }
}
