using Microsoft.Extensions.Options;

namespace AITrader.MarketData.OrderBooks;

internal static class BookHostExtensions
{
    /// <summary>Books of replays and feeds, published to the cache and the monitor.</summary>
    public static void AddBooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BookOptions>().BindConfiguration(BookOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<BookOptions>, BookOptionsValidator>();
        builder.Services.AddSingleton<BookPublisher>();
        builder.Services.AddHostedService<BookLoop>();
        builder.Services.AddHostedService<DepthLoop>();
        builder.Services.AddHostedService<QuoteLoop>();
    }
}
