using AITrader.Cli.Output;
using AITrader.Cli.Status;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Prints the links to the web page and the dashboard.</summary>
internal static class LinkLines
{
    public static void Say(IAnsiConsole console, Links links)
    {
        if (links.Page is { } page)
        {
            console.Say($"page:      {page}");
            if (page.Fragment.Length == 0)
            {
                console.Say("           (the gateway makes no sign-in link at the moment; `./aitrader sign-in` asks it again)");
            }
        }

        if (links.Dashboard is { } dashboard)
        {
            console.Say($"dashboard: {dashboard}");
            if (dashboard.Scheme == Uri.UriSchemeHttp)
            {
                console.Say(
                    "           (http on this machine only: there is no https certificate; `dotnet dev-certs https --trust` makes one)"
                );
            }
        }
    }
}
