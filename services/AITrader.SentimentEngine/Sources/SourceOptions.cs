using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using AITrader.Domain.Instruments;
using AITrader.SentimentEngine.Items;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Sources;

/// <summary>What the answer of a source looks like.</summary>
internal enum SourceFormat
{
    /// <summary>RSS or Atom, any version.</summary>
    Feed,

    /// <summary>The SEC's submissions API, one company a source.</summary>
    Edgar,

    /// <summary>A listing of Reddit's.</summary>
    Reddit,

    /// <summary>A search or timeline of X's API, version 2.</summary>
    X,

    /// <summary>Any JSON, by paths.</summary>
    Json,

    /// <summary>Report files in a folder.</summary>
    Files,
}

/// <summary>Where texts come from.</summary>
internal sealed class SourceOptions
{
    public const string Section = "Sources";

    /// <summary>The sources. Where none is listed, the mock's news are read, if it runs.</summary>
    public IList<SourceSetting> Listed { get; } = [];

    /// <summary>Whether the mock's made-up news are read where no source is listed. Default true; to be switched off where real money is
    /// traded without sources.</summary>
    public bool UseMock { get; set; } = true;

    /// <summary>How often a source is asked that says nothing else. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Items of one answer that are taken, the first ones. Default 500.</summary>
    [Range(1, 10_000)]
    public int MaxItems { get; set; } = 500;
}

/// <summary>One source.</summary>
internal sealed class SourceSetting
{
    /// <summary>Name, such as <c>news:mint</c>; it begins with <c>news:</c>, <c>filing:</c>, <c>report:</c> or <c>social:</c>.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What its answer looks like. Default Feed.</summary>
    public SourceFormat Format { get; set; } = SourceFormat.Feed;

    /// <summary>Address; of all but Files.</summary>
    public string? Url { get; set; }

    /// <summary>Folder of report files.</summary>
    public string? Folder { get; set; }

    /// <summary>How often it is asked; empty for Sources:Every.</summary>
    public TimeSpan? Every { get; set; }

    /// <summary>Who stands behind it: two sources of one publisher do not corroborate each other. Empty for its name.</summary>
    public string? Publisher { get; set; }

    /// <summary>Symbols that all of its items are about, such as those of a company's own feed.</summary>
    public IList<string> Symbols { get; } = [];

    /// <summary>Token that is sent with each request; empty for none.</summary>
    public string? BearerToken { get; set; }

    /// <summary>Forms that are read of Edgar. Empty for 8-K, 10-K, 10-Q, 6-K and 20-F.</summary>
    public IList<string> Forms { get; } = [];

    /// <summary>Path to the items of Json, such as <c>data.articles</c>; a list in a list is <c>data.children[].data</c>. Empty for the whole answer.</summary>
    public string ItemsPath { get; set; } = string.Empty;

    /// <summary>Path in an item to its id.</summary>
    public string IdPath { get; set; } = "id";

    /// <summary>Path in an item to its headline.</summary>
    public string TitlePath { get; set; } = "title";

    /// <summary>Path in an item to its text.</summary>
    public string BodyPath { get; set; } = "body";

    /// <summary>Path in an item to its address.</summary>
    public string UrlPath { get; set; } = "url";

    /// <summary>Path in an item to its author.</summary>
    public string AuthorPath { get; set; } = "author";

    /// <summary>Path in an item to its time of publication: a date, or seconds or milliseconds since 1970.</summary>
    public string DatePath { get; set; } = "published_at";

    internal SourceKind Kind => SourceKinds.Of(Name) ?? SourceKind.Social;

    internal string Origin => string.IsNullOrWhiteSpace(Publisher) ? Name : Publisher;
}

/// <summary>The sorts of sources by the beginning of their names.</summary>
internal static partial class SourceKinds
{
    public static SourceKind? Of(string name) =>
        !Names().IsMatch(name)
            ? null
            : name[..name.IndexOf(':', StringComparison.Ordinal)] switch
            {
                "news" => SourceKind.News,
                "filing" => SourceKind.Filing,
                "report" => SourceKind.Report,
                "social" => SourceKind.Social,
                _ => null,
            };

    [GeneratedRegex("^[a-z]+:[A-Za-z0-9._-]{1,50}$")]
    private static partial Regex Names();
}

/// <summary>Checks the options when the service starts; each refusal names its setting.</summary>
internal sealed class SourceOptionsValidator : IValidateOptions<SourceOptions>
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    public ValidateOptionsResult Validate(string? name, SourceOptions options)
    {
        var faults = options.Listed.SelectMany(Faults).ToList();
        faults.AddRange(
            options
                .Listed.GroupBy(static source => source.Name, StringComparer.Ordinal)
                .Where(static group => group.Count() > 1)
                .Select(static group => $"{SourceOptions.Section}:Listed: two sources are called '{group.Key}'")
        );
        if (options.Every < Least || options.Every > TimeSpan.FromDays(1))
        {
            faults.Add($"{SourceOptions.Section}:Every must be between {Least} and 1 day");
        }

        if (options.MaxItems is < 1 or > 10_000)
        {
            faults.Add($"{SourceOptions.Section}:MaxItems must be between 1 and 10000");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(SourceSetting source, int place)
    {
        var setting = $"{SourceOptions.Section}:Listed:{place}";
        if (SourceKinds.Of(source.Name) is null)
        {
            yield return $"{setting}:Name: '{source.Name}' is not news:, filing:, report: or social: and up to 50 letters, digits and . _ -";
        }

        if (source.Format == SourceFormat.Files ? string.IsNullOrWhiteSpace(source.Folder) : !IsAddress(source.Url))
        {
            yield return source.Format == SourceFormat.Files
                ? $"{setting}:Folder is missing"
                : $"{setting}:Url: '{source.Url}' is no address of http or https";
        }

        if (source.Every is { } every && (every < Least || every > TimeSpan.FromDays(7)))
        {
            yield return $"{setting}:Every must be between {Least} and 7 days";
        }

        foreach (var symbol in source.Symbols.Where(static symbol => !SymbolTable.IsSymbol(symbol)))
        {
            yield return $"{setting}:Symbols: '{symbol}' is no symbol";
        }
    }

    private static bool IsAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
