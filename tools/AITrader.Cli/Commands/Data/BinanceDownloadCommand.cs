using AITrader.Cli.Output;
using AITrader.Hosting.Home;
using AITrader.Venues.Binance.Archive;
using AITrader.Venues.Downloads;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

/// <summary><c>data download binance</c>: bars from Binance's public archive.</summary>
internal sealed class BinanceDownloadCommand(
    HomeFolder home,
    DownloadDisplay display,
    DownloadSettings downloads,
    TimeProvider time,
    IAnsiConsole console
) : AsyncCommand<BinanceDownloadSettings>
{
    public override async Task<int> ExecuteAsync(
        CommandContext context,
        BinanceDownloadSettings settings,
        CancellationToken cancellationToken
    )
    {
        var folder = await settings.CreateFolderAsync(home, cancellationToken);
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var archive = new BinanceArchive(http, new Uri(settings.Address), downloads, time);
        var series = settings.Series;
        var code = await display.RunAsync($"{series.Symbol} {series.Kind}", settings.FirstDay, settings.EndDay, progress =>
            archive.DownloadAsync(series, settings.FirstDay, settings.EndDay, folder, progress, cancellationToken)
        );
        console.Say($"they are in {Formats.MarketDataFolder.FolderOf(folder, series.Symbol, series.Kind)}, for `backtest --data`");
        return code;
    }
}
