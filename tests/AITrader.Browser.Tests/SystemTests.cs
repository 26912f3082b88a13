using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>The page on the running system: what a trader sees is what the gateway says.</summary>
[Collection(SharedSystem.Name)]
public sealed class SystemTests(Chromium chromium, SharedSystem shared)
{
    private static readonly string[] Compared = ["time", "symbol", "side", "qty", "price", "fees", "pnl"];

    [Fact]
    public async Task A_fill_of_a_replay_appears_with_the_values_of_the_gateway()
    {
        var ct = TestContext.Current.CancellationToken;
        var page = await chromium.OpenPageAsync();
        var system = await shared.ReplayAsync(replay: "demo", speed: "20", ct);
        await SystemPage.SignInAsync(page, system, ct);
        await Expect(page.GetByTestId("fill-row").First).ToBeVisibleAsync(new() { Timeout = SystemPage.MaxWait });
        await Expect(page.GetByTestId("tick-row").First).ToBeVisibleAsync();

        var shown = await ShownAsync(page.GetByTestId("fill-row").First);
        using var gateway = await system.SignInAsync(ct);
        using var trades = JsonDocument.Parse(await gateway.GetStringAsync("/api/v1/trades?limit=500", ct));
        var trade = trades
            .RootElement.GetProperty("items")
            .EnumerateArray()
            .Single(item => item.GetProperty("trade_id").GetInt64() == shown.Id);
        Assert.Equal(Expected(trade), shown.Values);

        await page.GetByTestId("explain-order").First.ClickAsync();
        await Expect(page.GetByTestId("factor-sum")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("decision-panel").GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_replay_is_steered_from_the_page()
    {
        var ct = TestContext.Current.CancellationToken;
        var page = await chromium.OpenPageAsync();
        var system = await shared.ReplayAsync(replay: "demo", speed: "0.2", ct);
        await SystemPage.SignInAsync(page, system, ct);
        using var gateway = await system.SignInAsync(ct);
        await SystemPage.StateIsAsync(page, "running");

        await page.GetByTestId("replay-toggle").ClickAsync();
        await SystemPage.StateIsAsync(page, "paused");
        var paused = await ReplayAsync(gateway, ct);
        Assert.Equal("paused", paused.GetProperty("state").GetString());
        await page.GetByTestId("replay-speed").SelectOptionAsync("0.5");
        await Expect(page.GetByTestId("replay-speed")).ToHaveValueAsync("0.5");
        await SystemPage.StateIsAsync(page, "paused");
        await page.GetByTestId("replay-toggle").ClickAsync();
        await SystemPage.StateIsAsync(page, "running");
        Assert.Equal("0.5", (await ReplayAsync(gateway, ct)).GetProperty("speed").GetString());

        var ahead = await SeekAsync(page, gateway, "PageUp", ct);
        Assert.True(ahead.GetProperty("progress").GetDouble() > 0.05, "the new run begins where the seek led to");
        var back = await SeekAsync(page, gateway, "Home", ct);
        Assert.True(
            back.GetProperty("published").GetInt64() < ahead.GetProperty("published").GetInt64(),
            "the new run begins at the first tick"
        );

        await page.GetByTestId("replay-stop").ClickAsync();
        await SystemPage.StateIsAsync(page, "stopped");
        await page.GetByTestId("replay-new").ClickAsync();
        await page.GetByTestId("replay-dialog").GetByLabel("Speed").SelectOptionAsync("max");
        await page.GetByTestId("replay-start").ClickAsync();
        await Expect(page.GetByTestId("replay-dialog")).ToHaveCountAsync(0);
        await SystemPage.StateIsAsync(page, "finished");
        await Expect(page.GetByTestId("replay-facts"))
            .ToContainTextAsync($"{back.GetProperty("total").GetInt64():N0} of {back.GetProperty("total").GetInt64():N0} ticks");
    }

    /// <summary>Moves the slider by a key, agrees, and waits for the new run.</summary>
    private static async Task<JsonElement> SeekAsync(IPage page, HttpClient gateway, string key, CancellationToken ct)
    {
        var before = (await ReplayAsync(gateway, ct)).GetProperty("run").GetString()!;
        await page.GetByTestId("replay-seek").FocusAsync();
        await page.Keyboard.PressAsync(key);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("replay")).Not.ToHaveAttributeAsync("title", before, new() { Timeout = SystemPage.MaxWait });
        await SystemPage.StateIsAsync(page, "running");
        var after = await ReplayAsync(gateway, ct);
        Assert.NotEqual(before, after.GetProperty("run").GetString());
        return after;
    }

    private static async Task<JsonElement> ReplayAsync(HttpClient gateway, CancellationToken ct)
    {
        using var answer = JsonDocument.Parse(await gateway.GetStringAsync("/api/v1/replay", ct));
        return answer.RootElement.Clone();
    }

    // One call, so that a row that is being replaced cannot give half of each.
    private static async Task<(long Id, string[] Values)> ShownAsync(ILocator row)
    {
        var cells = await row.EvaluateAsync<string[]>(
            """
            (row, names) => [row.dataset.tradeId, ...names.map(name => {
                const cell = row.querySelector(`[data-testid=fill-${name}]`);
                return cell.dataset.value ?? cell.textContent;
            })]
            """,
            Compared
        );
        return (long.Parse(cells[0], CultureInfo.InvariantCulture), cells[1..]);
    }

    /// <summary>The trade's fields as JavaScript writes them: numbers in their shortest form.</summary>
    private static string[] Expected(JsonElement trade) =>
        [
            trade.GetProperty("timestamp").GetString()!,
            trade.GetProperty("symbol").GetString()!,
            trade.GetProperty("side").GetString()!,
            .. new[] { "qty", "price", "fees", "pnl" }.Select(name =>
                trade.GetProperty(name).GetDecimal().ToString("0.############################", CultureInfo.InvariantCulture)
            ),
        ];
}
