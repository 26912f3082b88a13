using System.Diagnostics;
using AITrader.SentimentEngine.Fetching;

namespace AITrader.SentimentEngine.Sources;

/// <summary>A source at an address.</summary>
internal sealed class HttpSource(SourceSetting setting, IItemReader reader, PoliteFetcher fetcher) : ITextSource
{
    private readonly Uri _address = new(setting.Url!);

    public SourceSetting Setting => setting;

    public async Task<SourceAnswer> ReadAsync(Validators? known, CancellationToken ct) =>
        await fetcher.FetchAsync(new FetchRequest(_address, known, setting.BearerToken), ct) switch
        {
            FetchOutcome.Fetched answer => new SourceAnswer(reader.Read(answer.Content, answer.Charset), answer.Validators),
            FetchOutcome.Unchanged unchanged => new SourceAnswer(null, unchanged.Validators),
            FetchOutcome.Refused refused => new SourceAnswer(null, null, refused.Reason, refused.Pause),
            _ => throw new UnreachableException(),
        };
}
