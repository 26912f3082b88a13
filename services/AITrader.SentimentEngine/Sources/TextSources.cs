using AITrader.SentimentEngine.Fetching;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Sources;

/// <summary>The sources as they are set.</summary>
internal sealed class TextSources(IOptions<SourceOptions> options, IOptions<FetchOptions> fetch, PoliteFetcher fetcher, TimeProvider time)
{
    public IReadOnlyList<ITextSource> All { get; } =
    [
        .. options.Value.Listed.Select(setting =>
            setting.Format == SourceFormat.Files
                ? (ITextSource)new FolderSource(setting, fetch.Value.MaxBytes)
                : new HttpSource(setting, ReaderOf(setting, time), fetcher)
        ),
    ];

    private static IItemReader ReaderOf(SourceSetting setting, TimeProvider time) =>
        setting.Format switch
        {
            SourceFormat.Edgar => new EdgarItemReader(setting, time),
            SourceFormat.Reddit => new RedditItemReader(),
            SourceFormat.X => new XItemReader(),
            SourceFormat.Json => new JsonItemReader(setting),
            _ => new FeedItemReader(),
        };
}
