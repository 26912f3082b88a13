using System.IO.Compression;
using System.Text;
using AITrader.SentimentEngine.Items;
using AITrader.SentimentEngine.Sources;
using AITrader.TestSupport;

namespace AITrader.SentimentEngine.Tests.Sources;

/// <summary>Feeds as they come: those of the tests of two feed parsers, and what readers of feeds were reported to break at.</summary>
public sealed class FeedItemReaderTests
{
    private static readonly FeedItemReader Reader = new();

    [Fact]
    public void Every_feed_of_feedparsers_tests_is_read()
    {
        using var archive = ZipFile.OpenRead(SharedData.Require("feeds/feedparser-wellformed-rss.zip"));
        var (read, withItems) = (0, 0);
        foreach (var entry in archive.Entries.Where(static entry => entry.Name.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            var text = Encoding.UTF8.GetString(content.ToArray());
            var result = Reader.Read(content.ToArray(), charset: null);
            Assert.True(result.Faults.Count == 0, $"{entry.Name}: {string.Join(' ', result.Faults)}");
            Assert.Equal(text.Contains("<item", StringComparison.Ordinal), result.Items.Count > 0);
            (read, withItems) = (read + 1, withItems + (result.Items.Count > 0 ? 1 : 0));
        }

        Assert.True(read >= 180 && withItems > 80, $"{read} {withItems}");
    }

    // The Expect comment of each file says what its reader is to find.
    [Theory]
    [InlineData("item_title.xml", "Item 1 title")]
    [InlineData("item_dc_title.xml", "Example title")]
    public void Titles_are_those_that_feedparser_expects(string file, string title) => Assert.Equal(title, Made(File(file)).Single().Title);

    [Theory]
    [InlineData("item_pubDate.xml")]
    [InlineData("item_dc_date.xml")]
    [InlineData("item_dcterms_issued.xml")]
    public void Dates_under_every_name_are_found(string file) => Assert.NotNull(Reader.Read(File(file), null).Items.Single().Published);

    [Theory]
    [InlineData("Rss091FullSample.xml")]
    [InlineData("Rss092FullSample.xml")]
    [InlineData("Rss10FeedWebResourceSample.xml")]
    [InlineData("Rss20FeedWebResourceSample.xml")]
    public void Sample_feeds_give_items_with_texts(string file)
    {
        var items = Made(System.IO.File.ReadAllBytes(SharedData.Require($"feeds/samples/{file}")));
        Assert.NotEmpty(items);
        Assert.All(items, static item => Assert.NotEmpty(item.Text));
        Assert.All(items, static item => Assert.DoesNotContain("<p>", item.Text, StringComparison.Ordinal));
    }

    // miniflux #52 and #546, feedjira #418, RssBandit #223: one control character cost the whole feed.
    [Fact]
    public void Control_characters_that_xml_forbids_cost_nothing_but_themselves()
    {
        var item = Assert.Single(Made(System.IO.File.ReadAllBytes(SharedData.Require("feeds/samples/AtomSpecialCharacters.xml"))));
        Assert.StartsWith("Decode NMEA bytes", item.Title, StringComparison.Ordinal);
        Assert.DoesNotContain(item.Text, static letter => char.IsControl(letter) && letter != '\n');
        Assert.True(item.HasOwnDate);
    }

    [Theory]
    [InlineData("A & B up", "A &B up")]
    [InlineData("A&nbsp;B", "A B")]
    [InlineData("Soci&eacute;t&eacute;", "Société")]
    [InlineData("A &amp;amp; B", "A & B")]
    [InlineData("&lt;b&gt;Infosys&lt;/b&gt; rises", "Infosys rises")]
    [InlineData("<![CDATA[<i>Infosys</i> &amp; others]]>", "Infosys & others")]
    [InlineData("profit &lt; 5 percent", "profit < 5 percent")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;Infosys", "Infosys")]
    public void Titles_with_entities_and_markup_are_what_a_reader_sees(string title, string expected) =>
        Assert.Equal(expected, Made(Rss($"<item><title>{title}</title></item>")).Single().Title);

    [Fact]
    public void A_feed_that_breaks_off_keeps_what_came_before()
    {
        var items = Made(Encoding.UTF8.GetBytes("<rss version='2.0'><channel><item><title>one</title></item><item><title>two</ti"));
        Assert.Equal(["one", "two"], items.Select(static item => item.Title));
    }

    [Fact]
    public void A_wrong_end_tag_does_not_cost_the_next_item() =>
        Assert.Contains("y", Made(Rss("<item><title>x</titel></item><item><title>y</title></item>")).Select(static item => item.Title));

    [Theory]
    [InlineData("iso-8859-1", "<?xml version='1.0' encoding='iso-8859-1'?>", null)]
    [InlineData("windows-1252", "<?xml version='1.0' encoding='windows-1252'?>", null)]
    [InlineData("windows-1252", "<?xml version='1.0' encoding='utf-8'?>", null)]
    [InlineData("windows-1252", "", "ISO-8859-1")]
    [InlineData("utf-8", "", null)]
    [InlineData("utf-8", "", "no-such-charset")]
    [InlineData("utf-16", "<?xml version='1.0' encoding='utf-16'?>", null)]
    [InlineData("utf-8", "<?xml version='1.0' encoding='utf-16'?>", null)]
    public void Encodings_are_found(string encoding, string declaration, string? charset)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var used = Encoding.GetEncoding(encoding);
        byte[] content =
        [
            .. encoding == "utf-16" ? used.Preamble.ToArray() : [],
            .. used.GetBytes($"{declaration}<rss version='2.0'><channel><item><title>Société</title></item></channel></rss>"),
        ];
        Assert.Equal("Société", Made(content, charset).Single().Title);
    }

    [Theory]
    [InlineData("<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>", "&e;")]
    [InlineData("<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY e '&b;&b;&b;&b;'>]>", "&e;")]
    public void Entities_of_its_own_are_not_resolved(string doctype, string title)
    {
        var content = Encoding.UTF8.GetBytes(
            $"<?xml version='1.0'?>{doctype}<rss version='2.0'><channel><item><title>x {title}</title></item></channel></rss>"
        );
        Assert.Equal($"x {title}", Made(content).Single().Title);
    }

    [Theory]
    [InlineData("<html><body>Sign in</body></html>", "page")]
    [InlineData("{\"a\":1}", "no XML")]
    [InlineData("", "no XML")]
    [InlineData("<?xml version='1.0'?><error/>", "'error'")]
    public void What_is_no_feed_is_told(string text, string reason) =>
        Assert.Contains(reason, Assert.Single(Reader.Read(Encoding.UTF8.GetBytes(text), null).Faults), StringComparison.Ordinal);

    // feed-rs #11, feedbin #416: items without an id came back at every fetch.
    [Fact]
    public void An_item_without_id_has_the_same_one_every_time()
    {
        var feed = Rss("<item><title>Infosys rises</title></item>");
        Assert.Equal(Made(feed).Single().ExternalId, Made(feed).Single().ExternalId);
        Assert.Equal("https://mint.example/a/1", Made(Rss("<item><title>x</title><link>/a/1</link></item>")).Single().ExternalId);
    }

    // feedbin #515, liferea #1195, newrelic docs-website #1271: ids that change with every build.
    [Fact]
    public void An_item_whose_id_changes_has_the_same_content_hash()
    {
        const string Item = "<item><title>Infosys rises</title><guid>{0}</guid><pubDate>Mon, 02 Mar 2026 06:00:00 GMT</pubDate></item>";
        var hashes = new[] { "http://a/1", "https://a/1" }.Select(id =>
            Made(Rss(Item.Replace("{0}", id, StringComparison.Ordinal))).Single().ContentHash
        );
        Assert.Single(hashes.Distinct());
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("Mon, 02 Mar 2126 06:00:00 GMT")]
    [InlineData("0000-00-00")]
    [InlineData("")]
    public void A_date_that_cannot_be_is_none_and_costs_nothing(string date)
    {
        var item = Made(Rss($"<item><title>x</title><pubDate>{date}</pubDate></item>")).Single();
        Assert.False(item.HasOwnDate);
        Assert.Equal(item.ReceivedAt, item.PublishedAt);
    }

    [Theory]
    [InlineData("Mon, 02 Mar 2026 11:30:00 IST", 6, 0)]
    [InlineData("Mon, 02 Mar 2026 11:30:00 +0530", 6, 0)]
    [InlineData("Fri, 02 Mar 2026 06:00:00 GMT", 6, 0)]
    [InlineData("02 Mar 2026 06:00 EST", 11, 0)]
    [InlineData("2026-03-02T06:00:00Z", 6, 0)]
    [InlineData("2026-03-02T06:00:00.123+05:30", 0, 30)]
    [InlineData("Monday, March 2, 2026 06:00:00 UTC", 6, 0)]
    [InlineData("2026-03-02 06:00:00", 6, 0)]
    public void Dates_of_every_kind_are_read(string text, int hour, int minute)
    {
        var date = FeedDates.Parse(text);
        Assert.NotNull(date);
        Assert.Equal((2026, 3, 2, hour, minute), (date.Value.Year, date.Value.Month, date.Value.Day, date.Value.Hour, date.Value.Minute));
    }

    internal static List<SourceItem> Made(byte[] content, string? charset = null) => Made(Reader.Read(content, charset));

    internal static List<SourceItem> Made(ReadResult result, SourceSetting? setting = null) =>
        [
            .. result
                .Items.Select(raw =>
                    ItemMaker.Make(
                        setting ?? new SourceSetting { Name = "news:mint", Url = "https://mint.example/feed" },
                        raw,
                        new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)
                    )
                )
                .OfType<SourceItem>(),
        ];

    private static byte[] Rss(string items) =>
        Encoding.UTF8.GetBytes(
            $"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>t</title>{items}</channel></rss>"
        );

    private static byte[] File(string name)
    {
        using var archive = ZipFile.OpenRead(SharedData.Require("feeds/feedparser-wellformed-rss.zip"));
        using var stream = archive.GetEntry($"rss/{name}")!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
