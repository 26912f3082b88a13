using AITrader.Browser.Tests.Gateway;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>A test with a browser page and a gateway of its own.</summary>
public abstract class PageTest(Chromium chromium, BuiltPage built) : IAsyncLifetime
{
    private protected ScriptedGateway Gateway { get; private set; } = null!;

    private protected IPage Page { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Page = await chromium.OpenPageAsync();
        Gateway = await ScriptedGateway.StartAsync(built);
    }

    public async ValueTask DisposeAsync()
    {
        if (Page is not null)
        {
            await Page.Context.CloseAsync();
        }

        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected async Task SignInAsync()
    {
        await Page.GotoAsync(Gateway.SignInLink.ToString());
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("Connected");
        await Expect(Page.GetByTestId("equity")).ToBeVisibleAsync();
    }

    private protected Task SendAsync(string type, object data) => Gateway.Hub.SendAsync(Wire.Message(type, data));
}
