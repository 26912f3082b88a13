using AITrader.Browser.Tests.Gateway;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AITrader.Browser.Tests;

/// <summary>The pages of models and jobs.</summary>
public sealed class ModelsPageTests(Chromium chromium, BuiltPage built) : PageTest(chromium, built)
{
    [Fact]
    public async Task The_models_page_shows_how_a_model_is_served_and_its_card_and_the_way_back_shows_the_dashboard_as_it_was()
    {
        Gateway.Records.Models.AddRange(["cnn-pattern", "nbeats"]);
        await SignInAsync();
        await SendAsync("tick", Wire.Tick(1, 61_000.5m));
        await Expect(Page.GetByTestId("tick-price")).ToContainTextAsync("61,000.5");

        await Page.GetByRole(AriaRole.Link, new() { Name = "Models" }).ClickAsync();

        await Expect(Page.GetByTestId("model-row")).ToHaveCountAsync(2);
        await Expect(Page.GetByTestId("serving-row")).ToContainTextAsync("12,345");
        await Expect(Page.GetByTestId("verdict")).ToContainTextAsync("Goes live: accuracy 0.548");
        await Expect(Page.GetByTestId("confusion").Locator("tbody tr")).ToHaveCountAsync(7);
        await Page.GetByRole(AriaRole.Link, new() { Name = "nbeats" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Uri(Gateway.Address, "#/models/nbeats").ToString());
        await Expect(Page.GetByTestId("confusion")).ToHaveCountAsync(0);
        await Expect(Page.GetByTestId("model-card")).ToContainTextAsync("./aitrader train forecast");

        // What came meanwhile is there.
        await SendAsync("tick", Wire.Tick(2, 61_001.5m));
        await Page.GotoAsync(new Uri(Gateway.Address, "#/").ToString());
        await Expect(Page.GetByTestId("tick-price")).ToContainTextAsync("61,001.5");
        Assert.Equal(1, Gateway.Hub.Accepted);
    }

    [Fact]
    public async Task A_version_is_promoted_and_answers_then()
    {
        Gateway.Records.Models.Add("nbeats");
        Gateway.Records.Refusal = "nbeats 2 is not promoted: it loses 3 % of the baseline's loss more.";
        await SignInAsync();
        await Page.GotoAsync(new Uri(Gateway.Address, "#/models/nbeats/2").ToString());

        await Page.GetByTestId("promote").ClickAsync();
        await Page.GetByTestId("promote-confirm").ClickAsync();
        await Expect(Page.GetByTestId("promote-dialog").GetByRole(AriaRole.Alert)).ToContainTextAsync("loses 3 %");
        await Page.GetByLabel("Promote it anyway").CheckAsync();
        await Page.GetByTestId("promote-confirm").ClickAsync();

        await Expect(Page.GetByTestId("promote-job")).ToHaveTextAsync("It answers now.");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByTestId("promote-dialog")).ToHaveCountAsync(0);
        await Expect(Page.GetByTestId("version-row").Nth(1)).ToHaveAttributeAsync("data-state", "active");
        var asked = Gateway.Records.Promotions.ToArray();
        Assert.Equal(2, asked.Length);
        Assert.Equal(asked[0].Split(' ')[0], asked[1].Split(' ')[0]);
        Assert.EndsWith("""nbeats {"version":2,"anyway":true}""", asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_are_followed_and_one_is_cancelled()
    {
        Gateway.Records.Jobs.Add(ModelRecords.JobOf("01990b6e-0000-7000-8000-000000000002", "running", new { Step = 30, Steps = 120 }));
        Gateway.Records.Jobs.Add(ModelRecords.JobOf("01990b6e-0000-7000-8000-000000000003", "failed", error: "No trade of X is stored"));
        await SignInAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Jobs" }).ClickAsync();

        await Expect(Page.GetByTestId("job-row").First).ToContainTextAsync("25 % of 120 steps");
        await Expect(Page.GetByTestId("job-row").Nth(1)).ToContainTextAsync("No trade of X is stored");
        await Page.GetByTestId("cancel-job").ClickAsync();
        await Expect(Page.GetByTestId("job-row").First).ToHaveAttributeAsync("data-status", "cancelled");
    }

    [Fact]
    public async Task Nothing_on_record_and_a_gateway_that_is_away_are_said_in_words()
    {
        await SignInAsync();
        await Page.GotoAsync(new Uri(Gateway.Address, "#/models").ToString());
        await Expect(Page.GetByText("No model is on record yet")).ToBeVisibleAsync();

        Gateway.Away = true;
        await Page.GotoAsync(new Uri(Gateway.Address, "#/jobs").ToString());
        await Expect(Page.GetByTestId("load-error")).ToContainTextAsync("It may still be starting");
        Gateway.Away = false;
        await Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(Page.GetByText("No job.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_phone_score_decision_and_profit_are_on_the_screen()
    {
        Gateway.Trades.Add(Wire.Trade(1, pnl: -1.25m));
        Gateway.Signals.Add(Wire.Signal(2));
        Gateway.Orders.Add(Wire.Order(2));
        Gateway.Positions.Add(Wire.Position(0.016m));
        await Page.SetViewportSizeAsync(390, 844);
        await SignInAsync();
        await SendAsync("tick", Wire.Tick(1, 61_000.5m));
        foreach (var row in (string[])["tick-row", "position-row", "signal-row", "fill-row", "order-row"])
        {
            await Expect(Page.GetByTestId(row)).ToBeVisibleAsync();
            foreach (var cell in await Page.GetByTestId(row).Locator("td, th").AllAsync())
            {
                var box = (await cell.BoundingBoxAsync())!;
                Assert.True(box.X >= 0 && box.X + box.Width <= 390, $"{row}: {await cell.TextContentAsync()} ends at {box.X + box.Width}");
            }
        }

        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    [Theory]
    [InlineData("#/models/cnn-pattern", "model-card")]
    [InlineData("#/jobs", "jobs-page")]
    [InlineData("#/", "pages")]
    public async Task On_a_phone_no_page_scrolls_sideways(string address, string part)
    {
        Gateway.Records.Models.Add("cnn-pattern");
        Gateway.Records.Jobs.Add(ModelRecords.JobOf("01990b6e-0000-7000-8000-000000000003", "failed", error: new string('x', 300)));
        await Page.SetViewportSizeAsync(390, 844);
        await SignInAsync();
        await Page.GotoAsync(new Uri(Gateway.Address, address).ToString());
        await Expect(Page.GetByTestId(part)).ToBeVisibleAsync();

        foreach (var hidden in await Page.Locator(".pane .table-card td").AllAsync())
        {
            var box = (await hidden.BoundingBoxAsync())!;
            Assert.InRange(box.X + box.Width, 0, 390);
        }

        Assert.True(
            await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
            $"{address} is {await Page.EvaluateAsync<int>("document.documentElement.scrollWidth")} wide"
        );
    }
}
