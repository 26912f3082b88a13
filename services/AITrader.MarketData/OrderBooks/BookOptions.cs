using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.OrderBooks;

/// <summary>How much of each book is published, and how often.</summary>
internal sealed class BookOptions
{
    public const string Section = "Books";

    /// <summary>Levels of each side. Default 20.</summary>
    [Range(1, 1_000)]
    public int Depth { get; set; } = 20;

    /// <summary>Shortest time between two readings of one symbol. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Time without news after which a book is stale. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:10:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(5);
}

[OptionsValidator]
internal sealed partial class BookOptionsValidator : IValidateOptions<BookOptions>;
