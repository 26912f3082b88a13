using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using AITrader.MockLlm.News;
using AITrader.TestSupport;
using Microsoft.Extensions.Options;

namespace AITrader.MockLlm.Tests;

public sealed class NewsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_tells_the_same_at_the_same_time()
    {
        Assert.Equal(NewsPages.Wire(Room().Stories(Now), Now), NewsPages.Wire(Room().Stories(Now), Now));
        Assert.Equal(Room().Posts(Now), Room().Posts(Now));
        Assert.NotEqual(NewsPages.Wire(Room().Stories(Now), Now), NewsPages.Wire(Room(seed: 2).Stories(Now), Now));
    }

    [Fact]
    public void Stories_go_on_and_nothing_is_told_before_it_happens()
    {
        var first = Room().Stories(Now);
        var later = Room().Stories(Now.AddMinutes(2));
        Assert.All(first, static story => Assert.True(story.At <= Now));
        Assert.True(later.Max(static story => story.Number) >= first.Max(static story => story.Number) + 5);
        var known = first.ToDictionary(static story => story.Number);
        Assert.All(later.Where(story => known.ContainsKey(story.Number)), story => Assert.Equal(known[story.Number], story));
    }

    [Fact]
    public void All_companies_have_stories_of_every_tone_and_some_come_twice_or_change()
    {
        var room = Room();
        var stories = Enumerable
            .Range(0, 20)
            .SelectMany(hour => room.Stories(Now.AddMinutes(hour * 14)))
            .DistinctBy(static story => story.Number)
            .ToList();
        Assert.Equal(5, stories.Select(static story => story.Company).Distinct().Count());
        Assert.Contains(stories, static story => story.IsTwice);
        Assert.Contains(stories, static story => story.ChangesAt is not null);
        Assert.Contains(stories, static story => story.Filing is not null);
        Assert.Contains(stories, static story => story.Wire.Contains("beats", StringComparison.Ordinal));
        Assert.Contains(stories, static story => story.Wire.Contains("misses", StringComparison.Ordinal));
        Assert.DoesNotContain(stories, static story => story.Wire.Contains('{', StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_story_keeps_its_id()
    {
        var room = Room();
        var story = Enumerable
            .Range(0, 50)
            .SelectMany(step => room.Stories(Now.AddMinutes(step * 10)))
            .First(static one => one.ChangesAt is not null);
        var (before, after) = (TitleOf(story, story.At), TitleOf(story, story.ChangesAt!.Value));
        Assert.Equal((story.Wire, $"Update: {story.Wire}, company confirms"), (before, after));
    }

    [Fact]
    public void Every_ten_minutes_new_accounts_praise_one_company()
    {
        var wave = Room().Posts(Now.AddMinutes(5)).Where(static post => post.Id.StartsWith("t3_w", StringComparison.Ordinal)).ToList();
        Assert.InRange(wave.Count, 8, 14);
        Assert.Single(wave.Select(static post => post.Text.Split('$')[1].Split(' ', ',')[0]).Distinct());
        Assert.DoesNotContain(Room(pump: TimeSpan.Zero).Posts(Now.AddMinutes(5)), static post =>
            post.Id.StartsWith("t3_w", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Faults_come_as_often_as_told_and_of_every_kind()
    {
        var options = new NewsOptions { FaultShare = 0.3 };
        var faults = Enumerable.Range(0, 2000).Select(step => NewsFaults.At(options, "wire.xml", Now.AddSeconds(step * 5))).ToList();
        Assert.Equal(6, faults.Distinct().Count());
        Assert.InRange(faults.Count(static fault => fault != NewsFault.None), 500, 700);
        Assert.All(Enumerable.Range(0, 200), step =>
            Assert.Equal(NewsFault.None, NewsFaults.At(new NewsOptions { FaultShare = 0 }, "wire.xml", Now.AddSeconds(step * 5)))
        );
        var page = NewsPages.Wire(Room().Stories(Now), Now);
        Assert.Throws<System.Xml.XmlException>(() => XDocument.Parse(NewsFaults.Spoil(NewsFault.Garbled, page)));
        Assert.Throws<System.Xml.XmlException>(() => XDocument.Parse(NewsFaults.Spoil(NewsFault.Truncated, page)));
    }

    [Fact]
    public async Task The_pages_are_served_with_an_etag()
    {
        await using var service = await ServiceProcess.StartAsync(
            "AITrader.MockLlm",
            ("News:FaultShare", "0"),
            ("News:StoryEvery", "01:00:00"),
            ("News:PumpEvery", "00:00:00")
        );
        foreach (var page in (string[])["wire.xml", "daily.xml", "filings.json", "forum.json"])
        {
            using var first = await service.Client.GetAsync($"/news/{page}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            var text = await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(page.EndsWith("xml", StringComparison.Ordinal) ? XDocument.Parse(text).Root : JsonDocument.Parse(text));
            using var again = new HttpRequestMessage(HttpMethod.Get, $"/news/{page}");
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var second = await service.Client.SendAsync(again, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        }
    }

    private static NewsRoom Room(int seed = 1, TimeSpan? pump = null) =>
        new(Options.Create(new NewsOptions { Seed = seed, PumpEvery = pump ?? TimeSpan.FromMinutes(10) }));

    private static string TitleOf(Story story, DateTimeOffset at) =>
        XDocument.Parse(NewsPages.Wire([story], at)).Descendants("item").First().Element("title")!.Value;
}
