using System.Text.Json;
using AITrader.SystemSupport;
using AITrader.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>The order book on the running system: from a capture to the page.</summary>
public sealed class SystemBookTests(Chromium chromium)
{
    [Fact]
    public async Task The_order_book_of_a_capture_is_the_one_that_the_gateway_has()
    {
        SharedData.Require("binance-l2/usdm_btcusdt_20240808.gz");
        var ct = TestContext.Current.CancellationToken;
        var page = await chromium.OpenPageAsync();
        await using var system = await TradingSystem.StartAsync(replay: "binance-usdm-btcusdt", speed: "1", without: [], ct);
        await SystemPage.SignInAsync(page, system, ct);
        await Expect(page.GetByTestId("book-row")).ToHaveCountAsync(20, new() { Timeout = SystemPage.Patience });
        await Expect(page.GetByTestId("book-state")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = SystemPage.Patience });

        await KeepPictureAsync(page);

        // In a pause the book stands still, so that both can be compared level by level.
        await page.GetByTestId("replay-toggle").ClickAsync();
        await SystemPage.StateIsAsync(page, "paused");
        using var gateway = await system.SignInAsync(ct);
        await Eventually.TrueAsync(() => IsSameBookAsync(page, gateway, ct), "the page and the gateway have the same book");
    }

    private static async Task<bool> IsSameBookAsync(IPage page, HttpClient gateway, CancellationToken ct)
    {
        IEnumerable<double> shown = await ShownBookAsync(page);
        return shown.SequenceEqual(await BookAsync(gateway, "BTCUSDT", ct));
    }

    private static async Task<double[]> ShownBookAsync(IPage page) =>
        [.. await PricesAsync(page, "bid-price"), .. await PricesAsync(page, "ask-price")];

    private static Task<double[]> PricesAsync(IPage page, string testId) =>
        page.GetByTestId(testId).EvaluateAllAsync<double[]>("cells => cells.map(cell => Number(cell.dataset.value))");

    private static async Task<double[]> BookAsync(HttpClient gateway, string symbol, CancellationToken ct)
    {
        using var book = JsonDocument.Parse(await gateway.GetStringAsync($"/api/v1/books/{symbol}", ct));
        return
        [
            .. new[] { "bids", "asks" }.SelectMany(side => book.RootElement.GetProperty(side).EnumerateArray()).Select(static level => level[0].GetDouble()),
        ];
    }

    // For the README: AITRADER_SCREENSHOT=docs/images/dashboard.png keeps what the page shows when some minutes of the capture have been replayed.
    private static async Task KeepPictureAsync(IPage page)
    {
        if (Environment.GetEnvironmentVariable("AITRADER_SCREENSHOT") is { Length: > 0 } path)
        {
            await page.GetByTestId("chart-view").SelectOptionAsync("5");
            await page.GetByTestId("replay-speed").SelectOptionAsync("10");
            await Expect(page.GetByTestId("fill-row").Nth(5)).ToBeVisibleAsync(new() { Timeout = SystemPage.Patience });
            await page.WaitForTimeoutAsync(20_000);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
            await page.GetByTestId("replay-speed").SelectOptionAsync("1");
            await SystemPage.StateIsAsync(page, "running");
        }
    }
}
