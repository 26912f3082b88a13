using AITrader.Storage.Documents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Storage.Tests;

/// <summary>Documents under the login of a service: what is stored, and what is found of it.</summary>
public sealed class DocumentTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly DocumentStore _store = storage.Services.GetRequiredService<DocumentStore>();
    private readonly DocumentSearch _search = storage.Services.GetRequiredService<DocumentSearch>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> OddQueries =>
        [
            "",
            "   ",
            "the of and",
            "\"",
            "\"unclosed phrase",
            "''; DROP TABLE documents; --",
            "a & b | !c <-> (d",
            ":* :A <2>",
            "-",
            "- - -x",
            "or or or",
            "\\",
            "$$ $1 {0} %s",
            "nul\0inside",
            "half\uD83D",
            "\uDE00half",
            "😀 संसेक्स 日経平均",
            new string('x', 10_000),
            new string('"', 10_000),
            new string('-', 20_000),
            string.Concat(Enumerable.Repeat("- ", 500)),
            string.Concat(Enumerable.Repeat("-\"\"", 500)),
            string.Concat(Enumerable.Repeat("-\" ", 500)),
            string.Concat(Enumerable.Repeat("-x ", 500)),
            string.Concat(Enumerable.Repeat("-the -or ", 500)),
            string.Concat(Enumerable.Repeat("or ", 500)),
            string.Concat(Enumerable.Repeat("margin or ", 1_000)),
            string.Concat(Enumerable.Range(0, 1_500).Select(static i => $"w{i} ")),
        ];

    public static TheoryData<string, NewDocument> BadDocuments =>
        new()
        {
            { "begins with one of", Of("rumour", "x", "y") },
            { "up to 64 letters", Of("news: x", "x", "y") },
            { "title is empty", Of("news", " ", "y") },
            { "title has 501", Of("news", new string('x', 501), "y") },
            { "body is empty", Of("news", "x", "") },
            { "body has 100001", Of("news", "x", new string('y', 100_001)) },
            { "NUL", Of("news", "x", "y\0z") },
            { "surrogate", Of("news", "x", "cut \uD83D") },
            { "no symbol", Of("news", "x", "y") with { Symbol = "" } },
            { "no symbol", Of("news", "x", "y") with { Symbol = "A\nB" } },
            { "address", Of("news", "x", "y") with { Url = "javascript:alert(1)" } },
            { "address", Of("news", "x", "y") with { Url = "/relative" } },
            { "future", Of("news", "x", "y") with { PublishedAt = DateTimeOffset.MaxValue } },
            { "no time", Of("news", "x", "y") with { PublishedAt = default } },
        };

    [Fact]
    public async Task The_same_text_twice_is_one_and_its_first_time_stays()
    {
        var document = Of("news:wire", "Tin rises", "Smelters cut output of tin.");

        var first = Assert.IsType<DocumentOutcome.Added>(await _store.AddAsync(document, Ct));
        var again = Assert.IsType<DocumentOutcome.Known>(
            await _store.AddAsync(document with { PublishedAt = Noon.AddHours(3), Url = "https://example.com/tin" }, Ct)
        );
        var other = Assert.IsType<DocumentOutcome.Added>(await _store.AddAsync(document with { Symbol = "TIN" }, Ct));

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, other.Id);
        await using var db = storage.NewContext();
        var row = await db.Documents.AsNoTracking().SingleAsync(one => one.Id == first.Id, Ct);
        Assert.Equal((Noon, null), (row.PublishedAt, row.Url));
    }

    [Fact]
    public async Task Two_writers_of_the_same_text_store_one()
    {
        var document = Of("filing", "Race", "Both send this at once.");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _store.AddAsync(document, Ct)));

        Assert.Single(outcomes.OfType<DocumentOutcome.Added>());
        Assert.Equal(5, outcomes.OfType<DocumentOutcome.Known>().Count());
    }

    [Theory]
    [MemberData(nameof(BadDocuments), DisableDiscoveryEnumeration = true)]
    public async Task What_cannot_be_used_is_refused_with_the_reason(string reason, NewDocument document) =>
        Assert.Contains(reason, Assert.IsType<DocumentOutcome.Refused>(await _store.AddAsync(document, Ct)).Reason);

    [Theory]
    [InlineData("क")]
    [InlineData("é")]
    [InlineData("q")]
    public async Task The_longest_body_of_different_words_is_stored(string letter)
    {
        var words = string.Join(' ', Enumerable.Range(0, 30_000).Select(i => $"{letter}{letter}{i:x}"));

        Assert.IsType<DocumentOutcome.Added>(await _store.AddAsync(Of("filing", "Annual report", words[..100_000]), Ct));
    }

    [Fact]
    public async Task Nothing_is_found_before_it_was_published()
    {
        var id = await AddAsync(Of("news", "Zinc", "The zinc mine floods.") with { PublishedAt = Noon });

        Assert.Empty(await FindAsync("zinc", null, Noon.AddTicks(-10)));
        Assert.Equal([id], Ids(await FindAsync("zinc", null, Noon)));
        Assert.Equal([id], Ids(await FindAsync("zinc", null, Noon.ToOffset(TimeSpan.FromHours(5.5)))));
        // Where no word is asked for, the cut-off holds too.
        await AddAsync(Of("news", "Later", "Zinc again") with { Symbol = "ZNC", PublishedAt = Noon.AddDays(1) });
        Assert.Empty(await FindAsync("", "ZNC", Noon.AddDays(1).AddSeconds(-1)));
        Assert.Single(await FindAsync("", "ZNC", Noon.AddDays(1)));
    }

    [Fact]
    public async Task Fresh_comes_before_old_and_halves_with_each_half_life()
    {
        var old = await AddAsync(Of("news", "Nickel", "Nickel is traded. One.") with { PublishedAt = Noon.AddDays(-14) });
        var fresh = await AddAsync(Of("news", "Nickel", "Nickel is traded. Two.") with { PublishedAt = Noon });
        var ancient = await AddAsync(Of("news", "Nickel", "Nickel is traded. Six.") with { PublishedAt = DateTimeOffset.UnixEpoch });

        var found = await FindAsync("nickel", null, Noon);

        Assert.Equal([fresh, old, ancient], Ids(found));
        Assert.Equal(0.25, found[1].Rank / found[0].Rank, 6);
        Assert.Equal(0, found[2].Rank, 12);
    }

    [Fact]
    public async Task Own_symbol_comes_before_the_market_and_that_before_another()
    {
        var other = await AddAsync(Of("news", "Cobalt", "Cobalt is short.") with { Symbol = "OTHER" });
        var market = await AddAsync(Of("news", "Cobalt", "Cobalt is short."));
        var own = await AddAsync(Of("news", "Cobalt", "Cobalt is short.") with { Symbol = "OWN" });

        var found = await FindAsync("cobalt", "OWN", Noon);

        Assert.Equal([own, market, other], Ids(found));
        Assert.Equal(2, found[0].Rank / found[1].Rank, 6);
        Assert.Equal(0.25, found[2].Rank / found[1].Rank, 6);
        Assert.Equal([own], Ids(await FindAsync("the", "OWN", Noon)));
        Assert.Equal(3, (await FindAsync("cobalt", null, Noon)).Count);
    }

    [Fact]
    public async Task More_of_the_words_rank_higher_and_the_limit_holds()
    {
        await AddAsync(Of("runbook", "Feeds", "A lithium feed is mentioned here in passing among a great many other matters of the day."));
        var best = await AddAsync(Of("runbook", "Lithium", "Lithium lithium lithium."));

        Assert.Equal([best], Ids(await FindAsync("lithium", null, Noon, limit: 1)));
    }

    [Fact]
    public async Task Words_phrases_alternatives_and_exclusions_work()
    {
        var one = await AddAsync(Of("news", "Palladium supply", "Mines reopened slowly."));
        var two = await AddAsync(Of("news", "Palladium demand", "Cars need less."));

        Assert.Equal([two], Ids(await FindAsync("palladium -supply", null, Noon)));
        Assert.Equal([one], Ids(await FindAsync("\"palladium supply\"", null, Noon)));
        Assert.Equal(2, (await FindAsync("palladium reopening or palladium car", null, Noon)).Count);
    }

    [Fact]
    public async Task A_passage_is_the_part_around_the_words()
    {
        var filler = string.Concat(Enumerable.Repeat("Nothing of interest happened here today. ", 400));
        await AddAsync(Of("filing", "Long", $"{filler} The auditor of rhodium resigned. {filler}"));

        var passage = Assert.Single(await FindAsync("rhodium", null, Noon));

        Assert.Contains("auditor of rhodium resigned", passage.Text);
        Assert.InRange(passage.Text.Length, 20, 2_000);
    }

    [Theory]
    [MemberData(nameof(OddQueries), DisableDiscoveryEnumeration = true)]
    public async Task An_odd_query_is_no_error(string words)
    {
        var id = await AddAsync(Of("news", "Odd", "Body of the odd one.") with { Symbol = "ODD" });

        Assert.All(await FindAsync(words, "ODD", Noon), static found => Assert.True(double.IsFinite(found.Rank)));
        await FindAsync(words, null, Noon);
        Assert.Contains(id, Ids(await FindAsync("odd", "ODD", Noon)));
        Assert.Empty(await FindAsync("odd", "ODD' OR ''='\0", Noon));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public async Task A_limit_has_a_range(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => FindAsync("x", null, Noon, limit));

    private static NewDocument Of(string source, string title, string body) => new(source, null, title, body, null, Noon);

    private static IEnumerable<Guid> Ids(IEnumerable<Passage> found) => found.Select(static passage => passage.DocumentId);

    private Task<IReadOnlyList<Passage>> FindAsync(string words, string? symbol, DateTimeOffset asOf, int limit = 20) =>
        _search.FindAsync(new DocumentQuery(words, symbol, asOf, limit), Ct);

    private async Task<Guid> AddAsync(NewDocument document) =>
        await _store.AddAsync(document, Ct) switch
        {
            DocumentOutcome.Added added => added.Id,
            DocumentOutcome.Known known => known.Id,
            var refused => throw new InvalidOperationException($"{refused}"),
        };
}
