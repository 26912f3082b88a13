using System.Text.Json;
using AITrader.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>The order book and the candles on the running system: from a capture to the page.</summary>
[Collection(SharedSystem.Name)]
public sealed class SystemBookTests(Chromium chromium, SharedSystem shared)
{
    [Fact]
    public async Task The_order_book_and_the_candles_of_a_capture_are_those_that_the_gateway_has()
    {
        SharedData.Require("binance-l2/usdm_btcusdt_20240808.gz");
        var ct = TestContext.Current.CancellationToken;
        var page = await chromium.OpenPageAsync();
        var system = await shared.ReplayAsync(replay: "binance-usdm-btcusdt", speed: "1", ct);
        await SystemPage.SignInAsync(page, system, ct);
        await Expect(page.GetByTestId("book-row")).ToHaveCountAsync(20, new() { Timeout = SystemPage.MaxWait });
        await Expect(page.GetByTestId("book-state")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = SystemPage.MaxWait });

        await KeepPictureAsync(page);

        await page.GetByTestId("chart-view").SelectOptionAsync("1");
        await page.GetByTestId("bar-table-toggle").ClickAsync();
        await Expect(page.GetByTestId("bar-row").Nth(4)).ToBeVisibleAsync(new() { Timeout = SystemPage.MaxWait });

        // In a pause book and candles stand still, so that both can be compared number by number.
        await page.GetByTestId("replay-toggle").ClickAsync();
        await SystemPage.StateIsAsync(page, "paused");
        using var gateway = await system.SignInAsync(ct);
        await Eventually.TrueAsync(() => IsSameBookAsync(page, gateway, ct), "the page and the gateway have the same book");
        await Eventually.TrueAsync(
            () => AreSameCandlesAsync(page, gateway, ct),
            "ticks of the monitor and stored candles have joined without gap or double"
        );
    }

    private static async Task<bool> IsSameBookAsync(IPage page, HttpClient gateway, CancellationToken ct)
    {
        IEnumerable<double> shown = await ShownBookAsync(page);
        return shown.SequenceEqual(await BookAsync(gateway, "BTCUSDT", ct));
    }

    /// <summary>The page began before most of these ticks came: its candles are the stored ones if none was lost or counted
    /// twice.</summary>
    private static async Task<bool> AreSameCandlesAsync(IPage page, HttpClient gateway, CancellationToken ct)
    {
        var shown = await page.GetByTestId("bar-row")
            .EvaluateAllAsync<double[][]>(
                "rows => rows.map(row => [Number(row.dataset.time), ...[...row.querySelectorAll('[data-value]')].map(cell => Number(cell.dataset.value))])"
            );
        using var candles = JsonDocument.Parse(await gateway.GetStringAsync("/api/v1/candles?symbol=BTCUSDT&interval=1s&limit=120", ct));
        var stored = candles
            .RootElement.GetProperty("items")
            .EnumerateArray()
            .Reverse()
            .Select(static candle =>
                (double[])
                    [
                        candle.GetProperty("time").GetDateTimeOffset().ToUnixTimeSeconds(),
                        .. new[] { "open", "high", "low", "close", "volume", "ticks" }.Select(name => candle.GetProperty(name).GetDouble()),
                    ]
            )
            .ToArray();
        return shown.Length == stored.Length && shown.Zip(stored).All(static pair => pair.First.SequenceEqual(pair.Second));
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
            .. new[] { "bids", "asks" }
                .SelectMany(side => book.RootElement.GetProperty(side).EnumerateArray())
                .Select(static level => level[0].GetDouble()),
        ];
    }

    // For the README: AITRADER_SCREENSHOT=docs/images/dashboard.png keeps what the page shows when some minutes of the capture have been
    // replayed.
    private static async Task KeepPictureAsync(IPage page)
    {
        if (Environment.GetEnvironmentVariable("AITRADER_SCREENSHOT") is { Length: > 0 } path)
        {
            await page.GetByTestId("chart-view").SelectOptionAsync("5");
            await page.GetByRole(AriaRole.Button, new() { Name = "EMA", Exact = true }).ClickAsync();
            await page.GetByTestId("replay-speed").SelectOptionAsync("5");
            await Expect(page.GetByTestId("fill-row").Nth(5)).ToBeVisibleAsync(new() { Timeout = SystemPage.MaxWait });
            await page.WaitForTimeoutAsync(20_000);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
            await page.GetByTestId("replay-speed").SelectOptionAsync("1");
            await SystemPage.StateIsAsync(page, "running");
        }
    }
}
