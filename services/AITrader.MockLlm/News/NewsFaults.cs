using System.Globalization;
using AITrader.MockLlm.Completions;

namespace AITrader.MockLlm.News;

/// <summary>What may be wrong with an answer.</summary>
internal enum NewsFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An ampersand and a control character that no XML may have.</summary>
    Garbled,

    /// <summary>It breaks off in the middle of an item.</summary>
    Truncated,

    /// <summary>429 with Retry-After.</summary>
    TooMany,

    /// <summary>500.</summary>
    Broken,

    /// <summary>It comes two seconds late.</summary>
    Slow,
}

/// <summary>Which answer is faulty, by seed, page and time.</summary>
internal static class NewsFaults
{
    private const int FaultSeconds = 5;
    private const int Kinds = 5;

    public static NewsFault At(NewsOptions options, string page, DateTimeOffset now)
    {
        var draw = Draw.Of(
            options.Seed,
            string.Create(CultureInfo.InvariantCulture, $"fault/{page}/{now.ToUnixTimeSeconds() / FaultSeconds}")
        );
        return draw.Next(10_000) < options.FaultShare * 10_000 ? (NewsFault)(1 + draw.Next(Kinds)) : NewsFault.None;
    }

    /// <summary>The page with its fault.</summary>
    public static string Spoil(NewsFault fault, string page) =>
        fault switch
        {
            NewsFault.Garbled => page.Replace("Made up.", "Made up & garbled \u0008.", StringComparison.Ordinal),
            NewsFault.Truncated => page[..(page.Length * 2 / 3)],
            _ => page,
        };
}
