using AITrader.SentimentEngine.Fetching;

namespace AITrader.SentimentEngine.Sources;

/// <summary>The news of the mock, which are read where no source is set.</summary>
internal static class MockNews
{
    // Where the topology says that it is.
    public const string Discovered = "services:mock-llm:http:0";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private static readonly (string Name, SourceFormat Format, string Path)[] Parts =
    [
        ("news:mock-wire", SourceFormat.Feed, "/news/wire.xml"),
        ("news:mock-daily", SourceFormat.Feed, "/news/daily.xml"),
        ("filing:mock-exchange", SourceFormat.Json, "/news/filings.json"),
        ("social:mock-forum", SourceFormat.Reddit, "/news/forum.json"),
    ];

    /// <summary>Adds its parts where nothing is listed and it runs.</summary>
    public static void Complete(SourceOptions options, string? mock)
    {
        if (!options.UseMock || options.Listed.Count > 0 || AddressOf(mock) is not { } root)
        {
            return;
        }

        foreach (var (name, format, path) in Parts)
        {
            options.Listed.Add(
                new SourceSetting
                {
                    Name = name,
                    Format = format,
                    Url = new Uri(root, path).AbsoluteUri,
                    Every = Every,
                    ItemsPath = "filings",
                }
            );
        }
    }

    /// <summary>Lets it be at an address of this machine or cluster.</summary>
    public static void Complete(FetchOptions options, string? mock)
    {
        if (AddressOf(mock) is { } root)
        {
            options.AllowedPrivate.Add($"{root.Host}:{root.Port}");
        }
    }

    private static Uri? AddressOf(string? mock) => Uri.TryCreate(mock, UriKind.Absolute, out var root) ? root : null;
}
