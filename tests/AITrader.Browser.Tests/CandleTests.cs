using AITrader.Browser.Tests.Gateway;
using AITrader.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>Candles in a real browser: the stored past, the live end, and the seam between them.</summary>
public sealed class CandleTests(Chromium chromium, BuiltPage built) : PageTest(chromium, built)
{
    private ILocator Rows => Page.GetByTestId("bar-row");

    // Steps are tenths of a second from 23:54:15: candles of five seconds begin at 0, 50, 100.
    [Fact]
    public async Task The_past_is_there_at_once_and_the_tick_at_the_seam_counts_once()
    {
        Gateway.Candles = Wire.Candles(60, (0, 100m, 105m, 99m, 104m, 50), (50, 104m, 106m, 103m, 105m, 11));
        await OpenTableAsync();
        await Expect(Rows).ToHaveCountAsync(2); // before any tick has come

        await SendAsync("tick", Wire.Tick(60, 105m)); // the last one that is stored, again
        await SendAsync("tick", Wire.Tick(61, 109.5m));
        await Expect(Rows.First).ToContainTextAsync("2024-08-08 23:54:20");
        await Expect(Rows.First.Locator("td").Nth(1)).ToHaveTextAsync("109.5");
        await Expect(Rows.First.Locator("td").Nth(5)).ToHaveTextAsync("12");

        // The store has caught up, and knows of ticks that the monitor left out.
        Gateway.Candles = Wire.Candles(
            110,
            (0, 100m, 105m, 99m, 104m, 50),
            (50, 104m, 112m, 103m, 108m, 50),
            (100, 108m, 108m, 107m, 107m, 11)
        );
        await SendAsync("tick", Wire.Tick(110, 107m));
        await Expect(Rows).ToHaveCountAsync(3);
        await Expect(Rows.Nth(1).Locator("td").Nth(1)).ToHaveTextAsync("112.0");
        await Expect(Rows.First.Locator("td").Nth(5)).ToHaveTextAsync("11");
        Assert.Contains(Gateway.CandleCalls, static call =>
            call.Contains("from=", StringComparison.Ordinal) && call.Contains("kind=trade", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_was_missed_while_the_connection_was_away_is_filled_in_and_nothing_doubled()
    {
        Gateway.Candles = Wire.Candles(60, (0, 100m, 105m, 99m, 104m, 50), (50, 104m, 106m, 103m, 105m, 11));
        await OpenTableAsync();
        await SendAsync("tick", Wire.Tick(61, 105m));
        await Expect(Rows.First.Locator("td").Nth(5)).ToHaveTextAsync("12");

        Gateway.Away = true;
        Gateway.Hub.DropAll();
        await Expect(Page.GetByTestId("connection-notice")).ToBeVisibleAsync();
        await Expect(Rows).ToHaveCountAsync(2); // the last known state stays
        Gateway.Candles = Wire.Candles(
            149,
            (0, 100m, 105m, 99m, 104m, 50),
            (50, 104m, 106m, 103m, 105m, 50),
            (100, 105m, 108m, 101m, 107m, 50)
        );
        Gateway.Away = false;

        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("Connected");
        await Expect(Rows).ToHaveCountAsync(3);
        await Expect(Rows.Nth(1).Locator("td").Nth(5)).ToHaveTextAsync("50");
        await Expect(Rows.Nth(2).Locator("td").Nth(5)).ToHaveTextAsync("50");
        await Expect(Page.GetByTestId("connection-notice")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_in_words_and_candles_begin_with_the_ticks_that_come()
    {
        Gateway.CandlesRefusal = "The database does not answer.";
        await OpenTableAsync();
        await Expect(Page.GetByTestId("candles-problem"))
            .ToHaveTextAsync("The past is missing: The database does not answer. Trying again.");
        await SendAsync("tick", Wire.Tick(1, 100m));
        await Expect(Rows).ToHaveCountAsync(1);

        Gateway.Candles = Wire.Candles(1, (0, 90m, 100m, 90m, 100m, 2));
        Gateway.CandlesRefusal = null;
        await Expect(Rows.First.Locator("td").First).ToHaveTextAsync("90.0");
        await Expect(Page.GetByTestId("candles-problem")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_bar_tells_its_signals_evidence_and_fills_by_mouse_and_by_keyboard()
    {
        Gateway.Candles = Wire.Candles(
            120,
            (0, 61_000m, 61_005m, 60_999m, 61_004m, 50),
            (50, 61_004m, 61_006m, 61_003m, 61_005m, 50),
            (100, 61_005m, 61_006m, 61_004m, 61_005m, 21)
        );
        Gateway.Signals.Add(Wire.Signal(55));
        Gateway.Trades.Add(Wire.Trade(56));
        await SignInAsync();
        await Page.GetByTestId("chart-view").SelectOptionAsync("5");
        await Expect(Page.GetByTestId("candle-chart")).ToHaveAttributeAsync("data-bars", "3");
        await Expect(Page.GetByTestId("candle-chart").Locator("canvas").First).ToBeVisibleAsync();
        var before = await Page.GetByTestId("candle-chart").BoundingBoxAsync();

        await Page.GetByTestId("candle-chart").FocusAsync();
        await Page.Keyboard.PressAsync("End");
        await Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(Page.GetByTestId("chart-events")).ToContainTextAsync("EMA cross up, score 0.71");
        await Expect(Page.GetByTestId("chart-events")).ToContainTextAsync("Distance bps 0.75");
        await Expect(Page.GetByTestId("chart-events")).ToContainTextAsync("Buy 0.016 at 61,000.7");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByTestId("chart-events")).ToHaveCountAsync(0);

        var x = before!.X;
        await Eventually.TrueAsync(
            async () =>
            {
                x += 20; // along the bars, until the pointer is on the one with the signal
                await Page.Mouse.MoveAsync(x, before.Y + (before.Height / 2));
                return await Page.GetByTestId("chart-events").CountAsync() > 0;
            },
            "a bar under the pointer told its signals"
        );
        await Expect(Page.GetByTestId("chart-events")).ToContainTextAsync("EMA cross up, score 0.71");
        var after = await Page.GetByTestId("candle-chart").BoundingBoxAsync();
        Assert.Equal((before.Y, before.Height), (after!.Y, after.Height)); // nothing moves for it

        await Page.GetByTestId("signal-expand").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByTestId("signal-horizon")).ToHaveTextAsync("5 minutes");
        await Expect(Page.GetByTestId("evidence-distance_bps")).ToHaveAttributeAsync("data-value", "0.75");
        await Page.GetByTestId("signal-filter").SelectOptionAsync("family:momentum");
        await Expect(Page.GetByTestId("signal-row")).ToHaveCountAsync(1);
    }

    private async Task OpenTableAsync()
    {
        await SignInAsync();
        await SendAsync("book", Wire.Book(1)); // names the symbol, and moves no price
        await Page.GetByTestId("chart-view").SelectOptionAsync("5");
        await Page.GetByTestId("bar-table-toggle").ClickAsync();
    }
}
