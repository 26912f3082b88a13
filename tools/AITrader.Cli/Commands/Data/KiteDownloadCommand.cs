using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using AITrader.Cli.Settings;
using AITrader.Venues.Downloads;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.History;
using AITrader.Venues.Kite.Rest;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

/// <summary><c>data download kite</c>: historical candles of Kite.</summary>
internal sealed class KiteDownloadCommand(
    Installation installation,
    DownloadDisplay display,
    DownloadSettings downloads,
    TimeProvider time,
    IAnsiConsole console
) : AsyncCommand<KiteDownloadSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, KiteDownloadSettings settings, CancellationToken cancellationToken)
    {
        var access = FeedSettings.Read(installation, settings.SettingsFile);
        var root = settings.Address
            ?? access.Address
            ?? throw new Refusal(
                "Kite's address is missing: --address, or the setting Feed:Address, such as https://host",
                ExitCodes.Usage
            );
        var folder = await settings.CreateFolderAsync(installation.Home, cancellationToken);

        // The answer of the login page is the address that it redirects to.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(root) };
        var kite = new KiteClient(http);
        try
        {
            var caller = await SignInAsync(kite, http.BaseAddress, access, settings, cancellationToken);
            var instrument = await FindAsync(kite, caller, settings.Symbol, cancellationToken);
            var history = new KiteHistory(kite, caller, downloads, time);
            var code = await display.RunAsync($"{instrument.Key} {settings.Chosen.Kind}", settings.FirstDay, settings.EndDay, progress =>
                history.DownloadAsync(instrument, settings.Chosen, settings.FirstDay, settings.EndDay, folder, progress, cancellationToken)
            );
            console.Say(
                $"they are in {Formats.MarketDataFolder.FolderOf(folder, instrument.Key, settings.Chosen.Kind)}, for `backtest --data`"
            );
            return code;
        }
        catch (KiteException refused)
        {
            throw new Refusal(
                refused.IsSessionOver ? $"Kite: {refused.Message} {HowToSignIn(http.BaseAddress, access)}" : $"Kite: {refused.Message}"
            );
        }
    }

    private static async Task<KiteCredentials> SignInAsync(
        KiteClient kite,
        Uri root,
        FeedSettings access,
        KiteDownloadSettings settings,
        CancellationToken cancellationToken
    )
    {
        var token = settings.RequestToken ?? await kite.RequestTokenAsync(root, access.ApiKey, cancellationToken);
        return (await kite.CreateSessionAsync(access.ApiKey, token, access.ApiSecret, cancellationToken)).Credentials;
    }

    private static async Task<KiteInstrument> FindAsync(
        KiteClient kite,
        KiteCredentials caller,
        string symbol,
        CancellationToken cancellationToken
    )
    {
        var instruments = await kite.GetInstrumentsAsync(caller, symbol.Split(':')[0], cancellationToken);
        return instruments.FirstOrDefault(found => found.Key == symbol) ?? throw new Refusal($"Kite's list of instruments has no {symbol}");
    }

    private static string HowToSignIn(Uri root, FeedSettings access) =>
        $"Sign in with a browser at {KiteLogin.Address(root, access.ApiKey)} and give the request_token of the address that you come back to: --request-token TOKEN (it works once; a session ends at 06:00 IST)";
}
