using System.Text;
using AITrader.SentimentEngine.Sources;

namespace AITrader.SentimentEngine.Tests.Sources;

public sealed class FolderSourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aitrader-reports-");

    private CancellationToken Ct { get; } = TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Reports_of_every_kind_are_read_and_a_bad_one_costs_nothing()
    {
        Write("a.md", "Date: 2026-03-01\nSymbol: NSE:INFY\nAuthor: Ann\n\n# Infosys to outperform\nWe like it.");
        Write(
            "sub/b.html",
            "<html><head><title>TCS &amp; peers</title><style>p{}</style></head><body><p>Weak</p><p>demand</p></body></html>"
        );
        Write("c.txt", new string('x', 3000));
        Write("d.pdf", "%PDF");
        var answer = await Source().ReadAsync(null, Ct);
        Assert.Contains("c.txt has 3003 bytes", Assert.Single(answer.Result!.Faults), StringComparison.Ordinal);
        var items = FeedItemReaderTests.Made(answer.Result, Source().Setting);
        Assert.Equal(["a.md", Path.Combine("sub", "b.html")], items.Select(static item => item.ExternalId));
        Assert.Equal(("Infosys to outperform", "We like it.", "Ann"), (items[0].Title, items[0].Body, items[0].Author.Name));
        Assert.Equal(["NSE:INFY"], items[0].Symbols);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), items[0].PublishedAt);
        Assert.Equal(("TCS & peers", "Weak demand"), (items[1].Title, items[1].Body));
    }

    [Fact]
    public async Task A_folder_in_which_nothing_changed_is_not_read_again()
    {
        Write("a.txt", "one");
        var first = await Source().ReadAsync(null, Ct);
        Assert.Null((await Source().ReadAsync(first.Validators, Ct)).Result);
        Write("b.txt", "two");
        Assert.Equal(2, (await Source().ReadAsync(first.Validators, Ct)).Result!.Items.Count);
    }

    [Fact]
    public async Task Links_out_of_the_folder_are_not_followed()
    {
        var outside = Directory.CreateTempSubdirectory("aitrader-outside-");
        await File.WriteAllTextAsync(Path.Combine(outside.FullName, "secret.txt"), "secret", Ct);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link.txt"), Path.Combine(outside.FullName, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "folder"), outside.FullName);
        Assert.Empty((await Source().ReadAsync(null, Ct)).Result!.Items);
        outside.Delete(recursive: true);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_a_reason()
    {
        var source = new FolderSource(new SourceSetting { Name = "report:desk", Folder = Path.Combine(_folder.FullName, "none") }, 1000);
        Assert.Contains("does not exist", (await source.ReadAsync(null, Ct)).Refusal, StringComparison.Ordinal);
    }

    private FolderSource Source() => new(new SourceSetting { Name = "report:desk", Folder = _folder.FullName }, maxBytes: 2000);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, Encoding.UTF8);
    }
}
