using AITrader.Browser.Tests.Gateway;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>The page in a real browser, against a gateway that does what each test says.</summary>
public sealed class PageTests(Chromium chromium, BuiltPage built) : PageTest(chromium, built)
{
    [Fact]
    public async Task The_sign_in_link_opens_the_dashboard_and_leaves_no_code_behind()
    {
        await SignInAsync();

        Assert.Equal(Gateway.Address.ToString(), Page.Url);
        Assert.DoesNotContain(
            ScriptedGateway.Code,
            await Page.EvaluateAsync<string>("JSON.stringify({ ...sessionStorage, ...localStorage })")
        );
        await Expect(Page.GetByTestId("mode")).ToHaveTextAsync("Replay");
        await Expect(Page.GetByTestId("equity")).ToContainTextAsync("100,000.00");
        await Expect(Page.Locator("[data-service=finbert-server]")).ToContainTextAsync("unhealthy");

        await Page.ReloadAsync();
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("Connected");
    }

    [Fact]
    public async Task A_wrong_code_is_refused_in_words_and_a_right_one_works()
    {
        await Page.GotoAsync(new Uri(Gateway.Address, "#sign-in=wrong").ToString());
        await Expect(Page.GetByTestId("sign-in-error")).ToHaveTextAsync("This sign-in code is not valid.");

        await Page.GetByLabel("Sign-in code").FillAsync(ScriptedGateway.Code);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("Connected");
    }

    [Fact]
    public async Task Without_a_code_the_form_says_where_to_find_one()
    {
        await Page.GotoAsync(Gateway.Address.ToString());
        await Expect(Page.GetByTestId("sign-in-form")).ToContainTextAsync("./aitrader sign-in");
    }

    [Fact]
    public async Task A_dead_backend_is_told_in_words_at_the_sign_in()
    {
        Gateway.Away = true;
        await Page.GotoAsync(Gateway.SignInLink.ToString());
        await Expect(Page.GetByTestId("sign-in-error")).ToContainTextAsync("It may still be starting");
    }

    [Fact]
    public async Task A_fill_appears_with_the_values_that_theGateway_gave()
    {
        await SignInAsync();
        await Expect(Page.GetByText("No fills yet.")).ToBeVisibleAsync();

        await SendAsync("fill", Wire.Trade(7, price: 61_234.50m, side: "SELL", pnl: -1.25m));

        var row = Page.GetByTestId("fill-row");
        await Expect(row).ToHaveAttributeAsync("data-trade-id", "7");
        await Expect(row.GetByTestId("fill-side")).ToHaveTextAsync("Sell");
        await Expect(row.GetByTestId("fill-qty")).ToHaveAttributeAsync("data-value", "0.016");
        await Expect(row.GetByTestId("fill-price")).ToHaveTextAsync("61,234.50");
        await Expect(row.GetByTestId("fill-fees")).ToHaveAttributeAsync("data-value", "0.39040448");
        await Expect(row.GetByTestId("fill-pnl")).ToHaveTextAsync("−1.25");
        await Expect(row.GetByTestId("fill-time")).ToHaveAttributeAsync("data-value", Wire.At(7));
    }

    [Fact]
    public async Task Fills_are_told_to_screen_readers()
    {
        Gateway.Trades.Add(Wire.Trade(1));
        await SignInAsync();
        await Expect(Page.GetByTestId("fill-row")).ToHaveCountAsync(1);
        await Page.WaitForTimeoutAsync(3_500); // the announcer's own interval: what was there at first is not news

        await SendAsync("fill", Wire.Trade(2, price: 61_000m));
        await Expect(Page.GetByTestId("fill-announcer")).ToHaveTextAsync("Bought 0.016 BTCUSDT at 61,000.00.");
    }

    [Fact]
    public async Task Ticks_signals_orders_positions_and_account_move()
    {
        await SignInAsync();
        await SendAsync("tick", Wire.Tick(1, 61_000.5m));
        await SendAsync("tick", Wire.Tick(2, 61_001.5m));
        await SendAsync("signal", Wire.Signal(2));
        await SendAsync("order", Wire.Order(2, "ACCEPTED"));
        await SendAsync("order", Wire.Order(2));
        await SendAsync("positions", new[] { Wire.Position(0.016m) });
        await SendAsync("account", Gateway.Account(100_012.34m));

        await Expect(Page.GetByTestId("tick-price")).ToContainTextAsync("61,001.5");
        await Expect(Page.GetByTestId("signal-row")).ToContainTextAsync("EMA cross");
        await Expect(Page.GetByTestId("signal-row")).ToContainTextAsync("pending");
        await Expect(Page.GetByTestId("order-row")).ToHaveAttributeAsync("data-status", "FILLED");
        await Expect(Page.GetByTestId("position-row")).ToContainTextAsync("Long 0.016");
        await Expect(Page.GetByTestId("pnl")).ToContainTextAsync("+12.34");
        await Expect(Page.GetByTestId("symbol-picker")).ToHaveValueAsync("BTCUSDT");
        await Expect(Page.GetByTestId("price-chart").Locator("canvas").First).ToBeVisibleAsync();

        await SendAsync("decision", Wire.Decided(2, "HOLD"));
        await Expect(Page.GetByTestId("explain-signal")).ToHaveTextAsync("Hold");
    }
}
