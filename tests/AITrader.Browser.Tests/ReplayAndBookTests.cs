using AITrader.Browser.Tests.Gateway;
using AITrader.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>Replay bar, order book, candles and evidence in a real browser, mostly by keyboard.</summary>
public sealed class ReplayAndBookTests(Chromium chromium, BuiltPage built) : PageTest(chromium, built)
{
    [Fact]
    public async Task A_replay_is_paused_resumed_hurried_and_stopped_by_keyboard()
    {
        await SignInAsync();
        await Expect(Page.GetByTestId("replay-facts"))
            .ToHaveTextAsync("Running · 100 of 400 ticks · loop, round 2 · 1:15 left · drift 0.01 ms · late by 0.1 ms (p50), 0.6 ms (p99)");

        var toggle = Page.GetByTestId("replay-toggle");
        await toggle.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(toggle).ToHaveTextAsync("Play");
        await Expect(toggle).ToBeFocusedAsync(); // the same key goes on
        await Expect(Page.GetByTestId("replay")).ToHaveAttributeAsync("aria-busy", "false");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(toggle).ToHaveTextAsync("Pause");
        await Expect(Page.GetByTestId("replay")).ToHaveAttributeAsync("aria-busy", "false");

        await Page.GetByTestId("replay-speed").SelectOptionAsync("max");
        await Eventually.TrueAsync(() => Gateway.ReplayCalls.Count == 3, "the speed was asked for");
        await Expect(Page.GetByTestId("replay")).ToHaveAttributeAsync("aria-busy", "false");
        await Expect(Page.GetByTestId("replay-said")).ToHaveTextAsync("The speed is Max.");
        await Page.GetByTestId("replay-loop").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByTestId("replay-loop")).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(Page.GetByTestId("replay-said")).ToHaveTextAsync("It ends with its last tick.");
        await Page.GetByTestId("replay-stop").ClickAsync();
        await Expect(Page.GetByTestId("replay")).ToHaveAttributeAsync("data-state", "stopped");
        Assert.Equal(["pause {}", "resume {}", """speed {"speed":"max"}""", """loop {"loop":false}""", "stop {}"], Gateway.ReplayCalls);
    }

    [Fact]
    public async Task A_seek_asks_first_and_begins_a_new_run()
    {
        await SignInAsync();
        await SendAsync("tick", Wire.Tick(1, 61_000.5m));
        await Expect(Page.GetByTestId("tick-price")).ToBeVisibleAsync();

        await Page.GetByTestId("replay-seek").FocusAsync();
        await Page.Keyboard.PressAsync("End");
        await Expect(Page.GetByTestId("seek-ask"))
            .ToContainTextAsync("Go to 2024-08-09 00:00:55 UTC (100 %)? A seek ends this run and starts a new one");
        Assert.Empty(Gateway.ReplayCalls);
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByTestId("seek-ask")).ToHaveCountAsync(0);

        await Page.Keyboard.PressAsync("Home");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByTestId("replay")).ToHaveAttributeAsync("title", Wire.NextRun);
        Assert.Equal("""seek {"time":"2024-08-08T23:54:15.000000Z"}""", Assert.Single(Gateway.ReplayCalls));
        await Expect(Page.GetByTestId("replay-seek")).ToBeFocusedAsync();
        await Expect(Page.GetByTestId("tick-row")).ToHaveCountAsync(0); // another run, another market
    }

    [Fact]
    public async Task A_replay_is_started_from_the_form_and_a_refusal_told_in_words()
    {
        Gateway.Replay = Wire.Replay("finished");
        Gateway.ReplayRefusal = "A replay is under way; stop it, or wait until it is finished.";
        await SignInAsync();

        await Page.GetByTestId("replay-new").ClickAsync();
        await Page.GetByLabel("Data sets or paths, one a line; several are merged by time").FillAsync("a.csv.gz\nb.csv");
        await Page.GetByTestId("replay-dialog").GetByLabel("Speed").SelectOptionAsync("0.1");
        await Page.GetByTestId("replay-start").ClickAsync();
        await Expect(Page.GetByTestId("replay-start-problem")).ToHaveTextAsync(Gateway.ReplayRefusal);

        Gateway.ReplayRefusal = null;
        await Page.GetByTestId("replay-start").ClickAsync();
        await Expect(Page.GetByTestId("replay-dialog")).ToHaveCountAsync(0);
        await Expect(Page.GetByTestId("replay")).ToHaveAttributeAsync("data-state", "running");
        Assert.Equal("""start {"paths":["a.csv.gz","b.csv"],"speed":0.1,"loop":true}""", Gateway.ReplayCalls.Last());
    }

    [Fact]
    public async Task A_viewer_sees_the_replay_but_cannot_steer_it()
    {
        Gateway.Role = "viewer";
        await SignInAsync();

        await Expect(Page.GetByTestId("replay-role")).ToContainTextAsync("may watch replays but not steer them");
        await Expect(Page.GetByTestId("replay-toggle")).ToBeDisabledAsync();
        await Expect(Page.GetByTestId("replay-stop")).ToBeDisabledAsync();
        await Expect(Page.GetByTestId("replay-speed")).ToBeDisabledAsync();
        await Expect(Page.GetByTestId("replay-seek")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task The_book_of_the_selected_symbol_is_loaded_then_kept_up_to_date()
    {
        Gateway.Books["BTCUSDT"] = Wire.Book(41);
        await SignInAsync();
        await SendAsync("tick", Wire.Tick(1, 61_000.5m));
        await SendAsync("tick", Wire.Tick(1, 2_600.5m, "ETHUSDT"));

        await Expect(Page.GetByTestId("book-origin")).ToContainTextAsync("binance-usdm · 23:54:15.100 UTC · update 41 · checksum 9f2c11d0");
        await Expect(Page.GetByTestId("bid-price").First).ToHaveAttributeAsync("data-value", "61000.4");
        await Expect(Page.GetByTestId("ask-price").First).ToHaveTextAsync("61,000.5");
        await Expect(Page.GetByTestId("bid-total").Last).ToHaveAttributeAsync("data-value", "8");
        await Expect(Page.GetByTestId("book-micro")).ToHaveTextAsync("61,000.47");

        await SendAsync("book", Wire.Book(42, "crossed"));
        await Expect(Page.GetByTestId("book-state")).ToHaveAttributeAsync("data-state", "crossed");
        await Expect(Page.GetByTestId("book-note")).ToContainTextAsync("do not trade");

        await Page.GetByTestId("symbol-picker").SelectOptionAsync("ETHUSDT");
        await Expect(Page.GetByTestId("book-empty"))
            .ToContainTextAsync("No order book of ETHUSDT has come in the last minute. Books come of quotes or depth");
        await SendAsync("book", Wire.Book(7, symbol: "ETHUSDT"));
        await Expect(Page.GetByTestId("book-origin")).ToContainTextAsync("update 7");
    }
}
