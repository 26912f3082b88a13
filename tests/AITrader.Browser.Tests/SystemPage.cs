using AITrader.SystemSupport;
using Aspire.Hosting.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>The page of a running system.</summary>
internal static class SystemPage
{
    /// <summary>How long a whole system may take on a busy machine, in milliseconds.</summary>
    public const int MaxWait = 180_000;

    public static async Task SignInAsync(IPage page, TradingSystem system, CancellationToken ct)
    {
        await system.App.ResourceNotifications.WaitForResourceHealthyAsync("frontend", ct).WaitAsync(TimeSpan.FromMinutes(2), ct);
        await page.GotoAsync(new Uri(system.App.GetEndpoint("frontend", "http"), $"#sign-in={await system.NewCodeAsync(ct)}").ToString());
        await Expect(page.GetByTestId("connection")).ToHaveTextAsync("Connected", new() { Timeout = MaxWait });
    }

    /// <summary>Waits until the replay bar shows a state and takes the next wish.</summary>
    public static async Task StateIsAsync(IPage page, string state)
    {
        await Expect(page.GetByTestId("replay")).ToHaveAttributeAsync("data-state", state, new() { Timeout = MaxWait });
        await Expect(page.GetByTestId("replay")).ToHaveAttributeAsync("aria-busy", "false", new() { Timeout = MaxWait });
    }
}
