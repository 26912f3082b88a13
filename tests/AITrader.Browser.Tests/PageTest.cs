using System.Collections.Concurrent;
using AITrader.Browser.Tests.Gateway;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>A test with a browser page and a gateway of its own.</summary>
public abstract class PageTest(Chromium chromium, BuiltPage built) : IAsyncLifetime
{
    private protected ScriptedGateway Gateway { get; private set; } = null!;

    private readonly ConcurrentQueue<string> _faults = new();

    private protected IPage Page { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Page = await chromium.OpenPageAsync();
        Page.PageError += (_, fault) => _faults.Enqueue(fault);
        Page.Console += (_, message) => NoteFault(message);
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
        Assert.Empty(_faults);
    }

    private protected async Task SignInAsync()
    {
        await Page.GotoAsync(Gateway.SignInLink.ToString());
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("Connected");
        await Expect(Page.GetByTestId("equity")).ToBeVisibleAsync();
    }

    private protected Task SendAsync(string type, object data) => Gateway.Hub.SendAsync(Wire.Message(type, data));

    // What the browser itself says of an answer that is no success is no fault of the page, which says it in words.
    private void NoteFault(IConsoleMessage message)
    {
        if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal))
        {
            _faults.Enqueue(message.Text);
        }
    }
}
