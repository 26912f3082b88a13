using System.Diagnostics;
using AITrader.Browser.Tests.Gateway;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>What the page does when things go wrong, slowly, or all at once.</summary>
public sealed class TroubleTests(Chromium chromium, BuiltPage built) : PageTest(chromium, built)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await SignInAsync();
    }

    [Fact]
    public async Task A_dropped_connection_comes_back_with_what_happened_meanwhile()
    {
        await SendAsync("fill", Wire.Trade(1));
        await Expect(Page.GetByTestId("fill-row")).ToHaveCountAsync(1);

        Gateway.Trades.AddRange([Wire.Trade(3), Wire.Trade(2), Wire.Trade(1)]);
        Gateway.Hub.DropAll();

        await Expect(Page.GetByTestId("fill-row")).ToHaveCountAsync(3);
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("Connected");
        Assert.Equal(2, Gateway.Hub.Accepted);
    }

    [Fact]
    public async Task While_the_backend_is_away_the_page_says_that_it_shows_the_last_known_state()
    {
        Gateway.Away = true;
        Gateway.Hub.DropAll();

        await Expect(Page.GetByTestId("connection-notice")).ToContainTextAsync("What you see is the last known state");
        await Expect(Page.GetByTestId("connection-notice")).ToContainTextAsync("The backend cannot be reached");
        await Expect(Page.GetByTestId("equity")).ToBeVisibleAsync();

        Gateway.Away = false;
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("Connected");
        await Expect(Page.GetByTestId("connection-notice")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_revoked_session_leads_back_to_the_sign_in()
    {
        Gateway.Token = "token-2";
        Gateway.Hub.DropAll();

        await Expect(Page.GetByTestId("sign-in-form")).ToContainTextAsync("Your session has ended");
        Assert.Null(await Page.EvaluateAsync<string?>("sessionStorage.getItem('aitrader.session')"));

        await Page.GetByLabel("Sign-in code").FillAsync(ScriptedGateway.Code);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("Connected");
    }

    [Fact]
    public async Task A_slow_decision_shows_that_it_is_loading_then_bars_that_add_up()
    {
        var gate = new TaskCompletionSource();
        Gateway.DecisionGate = gate.Task;
        await SendAsync("signal", Wire.Signal(1, "decision-1"));
        await Page.GetByTestId("explain-signal").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");

        var panel = Page.GetByTestId("decision-panel");
        await Expect(panel).ToContainTextAsync("Loading the decision");
        gate.SetResult();

        await Expect(panel.GetByTestId("factor-row")).ToHaveCountAsync(3);
        var contributions = await panel
            .GetByTestId("factor-row")
            .EvaluateAllAsync<double[]>("rows => rows.map(row => Number(row.dataset.contribution))");
        Assert.Equal(0.45, contributions.Sum(), 10);
        await Expect(panel.GetByTestId("factor-sum")).ToContainTextAsync("+0.4500");
        await Expect(panel.GetByTestId("flips")).ToContainTextAsync("Pattern at +0.4000 instead of +0.7000 would have meant Hold.");
        await Expect(panel.GetByTestId("provenance-race-winner")).ToHaveTextAsync("onnx-runner");

        await Page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_decision_that_is_gone_is_told_in_words()
    {
        await SendAsync("signal", Wire.Signal(1, "decision-of-yore"));
        await Page.GetByTestId("explain-signal").ClickAsync();
        await Expect(Page.GetByTestId("decision-panel").GetByRole(AriaRole.Alert)).ToHaveTextAsync("There is no such decision.");
    }

    [Fact]
    public async Task Halting_asks_first_and_shows_the_new_state()
    {
        await Page.GetByTestId("halt-button").ClickAsync();
        await Page.Keyboard.PressAsync("Escape");
        Assert.Empty(Gateway.TradingStateCalls);

        await Page.GetByTestId("halt-button").ClickAsync();
        await Page.GetByTestId("halt-confirm").ClickAsync();
        Assert.Empty(Gateway.TradingStateCalls); // a reason is owed

        await Page.GetByLabel("Reason, for the audit trail").FillAsync("a test");
        await Page.GetByTestId("halt-confirm").ClickAsync();
        await Expect(Page.GetByTestId("trading-state")).ToHaveTextAsync("Halted");
        Assert.Equal("""{"state":"HALTED","reason":"a test"}""", Assert.Single(Gateway.TradingStateCalls));
        await Expect(Page.GetByTestId("halt-button")).ToHaveTextAsync("Resume trading");
    }

    [Fact]
    public async Task A_flood_of_ticks_neither_freezes_the_page_nor_lets_it_grow()
    {
        const int Ticks = 20_000; // what a busy feed brings in one second
        await Page.EvaluateAsync(
            """
            () => {
                window.longestGap = 0;
                let last = performance.now();
                const beat = () => { const now = performance.now(); window.longestGap = Math.max(window.longestGap, now - last); last = now; setTimeout(beat, 10); };
                beat();
            }
            """
        );

        var flood = Stopwatch.StartNew();
        for (var n = 1; n <= Ticks; n++)
        {
            await SendAsync("tick", Wire.Tick(n, 61_000m + n, $"SYM{n % 20}"));
            if (n % 20 == 0)
            {
                await SendAsync("fill", Wire.Trade(n));
            }
        }

        await Expect(Page.Locator("[data-symbol=SYM0] [data-testid=tick-price]"))
            .ToHaveAttributeAsync("data-value", (61_000 + Ticks).ToString(provider: null), new() { Timeout = 60_000 });
        await Expect(Page.GetByTestId("fill-row").First).ToHaveAttributeAsync("data-trade-id", Ticks.ToString(provider: null));
        Assert.InRange(await Page.GetByTestId("fill-row").CountAsync(), 1, 200);

        var longestGap = await Page.EvaluateAsync<double>("window.longestGap");
        TestContext.Current.TestOutputHelper?.WriteLine($"longest time in which the page did not react: {longestGap:F0} ms");
        // A frozen page would not react for the whole flood, however slow the machine that runs this.
        Assert.InRange(longestGap, 0, Math.Max(1_500, flood.ElapsedMilliseconds / 3));
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1000)]
    [InlineData(1280)]
    [InlineData(1440)]
    public async Task Nothing_sticks_out_of_a_screen(int width)
    {
        await Page.SetViewportSizeAsync(width, 844);
        await SendAsync("tick", Wire.Tick(1, 61_000.5m));
        await Expect(Page.GetByTestId("tick-row")).ToBeVisibleAsync();
        Assert.InRange(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
    }

    [Fact]
    public async Task Every_control_has_a_name_and_the_theme_can_be_chosen()
    {
        var nameless = await Page.Locator("button, select, input, textarea")
            .EvaluateAllAsync<string[]>(
                """
                controls => controls
                    .filter(control => !(control.getAttribute('aria-label') || control.textContent.trim() || control.labels?.length))
                    .map(control => control.outerHTML)
                """
            );
        Assert.Empty(nameless);

        var dark = await Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        await Page.GetByTestId("theme-toggle").ClickAsync();
        await Expect(Page.GetByTestId("theme-toggle")).ToHaveTextAsync("Dark theme");
        Assert.NotEqual(dark, await Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }
}
