using System.Text.Json;
using AITrader.Cli.Hosting;
using AITrader.Cli.Settings;
using AITrader.Cli.Status;
using AITrader.Cli.Views;
using Spectre.Console.Testing;

namespace AITrader.Cli.Tests.Views;

public sealed class StatusViewTests
{
    private static readonly SystemStatus Status = new(
        42,
        [
            Row("backend", "Running", Condition.Healthy, string.Empty, 120L << 20, "http://localhost:8000"),
            Row("migrations", "Finished", Condition.Healthy, string.Empty, 0, null),
            Row(
                "redis",
                "Running",
                Condition.Unhealthy,
                "process 7 (redis-server) is suspended (SIGSTOP)",
                8L << 20,
                "tcp://localhost:6379"
            ),
            Row("tensorrt-runner", "NotStarted", Condition.Waiting, string.Empty, 0, null),
        ],
        new Usage(58, 1977L << 20, 0.437),
        new Links(null, null),
        null,
        null
    );

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(119)]
    [InlineData(120)]
    [InlineData(240)]
    public async Task Tables_are_drawn_at_every_width(int width)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;

        var drawing = Task.Run(
            () =>
            {
                console.Write(StatusView.Of(Status, width));
                console.Write(StatusView.Of([View("backend"), View("a-resource-with-quite-a-long-name")]));
                console.Write(
                    SettingsView.Of([
                        new EffectiveSetting("Services:market-data:Feed:Binance:Stream", "wss://fstream.binance.com", SettingOrigin.File),
                    ])
                );
            },
            TestContext.Current.CancellationToken
        );

        await drawing.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.All(console.Lines, line => Assert.True(line.Length <= width, line));
    }

    [Fact]
    public void A_wide_table_has_it_all()
    {
        using var console = new TestConsole();
        console.Profile.Width = 200;

        console.Write(StatusView.Of(Status, 200));

        Assert.Matches(@"backend\s+healthy\s+1\s+2\s+120 MiB\s+25\.0 %\s+http://localhost:8000", console.Output);
        Assert.Matches(@"redis\s+unhealthy\s+.*localhost:6379\s+process 7 \(redis-server\) is suspended", console.Output);
        Assert.Matches(@"migrations\s+done", console.Output);
        Assert.Matches(@"tensorrt-runner\s+not started", console.Output);
    }

    [Fact]
    public void The_whole_takes_this() =>
        Assert.Equal("58 processes, 1977 MiB memory (PSS), 43.7 % of one core over the last second", StatusView.Of(Status.Usage));

    [Fact]
    public void What_the_gateway_could_not_read_is_told_instead()
    {
        using var gateway = JsonDocument.Parse(
            """{"status":"degraded","counts":null,"account":null,"replay":null,"troubles":["postgres: no answer in 2 s"]}"""
        );

        Assert.Equal(["not known now: postgres: no answer in 2 s"], StatusView.LinesOf(gateway.RootElement));
    }

    [Fact]
    public void Counts_account_and_replay_come_from_the_gateway()
    {
        using var gateway = JsonDocument.Parse(
            """
            {"counts":{"ticks":8719,"signals":99,"decisions":99,"orders":36,"fills":36},
             "account":{"run":"live","cash":1038706.96675,"currency":"INR","equity":999928.06675,"realised_pnl":-8,"unrealised_pnl":35.6,"fees":99.53325,"trading_state":"ACTIVE"},
             "replay":{"state":"idle"},"troubles":[]}
            """
        );

        Assert.Equal(
            [
                "8719 ticks, 99 signals, 99 decisions, 36 orders, 36 fills",
                "run live: cash 1038706.96675 INR, equity 999928.06675, realised -8, unrealised 35.6, fees 99.53325, trading ACTIVE",
                "replay: no replay",
            ],
            StatusView.LinesOf(gateway.RootElement)
        );
    }

    [Fact]
    public void One_that_is_not_well_makes_the_whole_not_well()
    {
        Assert.False(Status.IsHealthy);
        var well = Status with { Resources = [.. Status.Resources.Where(static row => row.Name != "redis")] };
        Assert.True(well.IsHealthy);
        Assert.False((well with { GatewayProblem = "does not answer" }).IsHealthy);
    }

    [Fact]
    public void A_program_reads_names_and_numbers()
    {
        using var console = new TestConsole();

        console.SayJson(Status);

        using var document = JsonDocument.Parse(console.Output);
        var redis = document.RootElement.GetProperty("resources")[2];
        Assert.Equal(
            ("redis", "Unhealthy", 2),
            (redis.GetProperty("name").GetString(), redis.GetProperty("condition").GetString(), redis.GetProperty("restarts").GetInt32())
        );
        Assert.Equal(1977L << 20, document.RootElement.GetProperty("usage").GetProperty("memory_bytes").GetInt64());
        Assert.Equal(0.437, document.RootElement.GetProperty("usage").GetProperty("cores").GetDouble());
    }

    [Fact]
    public void Lines_are_never_broken()
    {
        using var console = new TestConsole();
        console.Profile.Width = 20;
        var link = $"http://localhost:8080/#sign-in={new string('x', 60)}";

        LinkLines.Say(console, new Links(new Uri(link), new Uri("http://localhost:15150/login?t=y")));

        Assert.Contains(link, console.Lines[0], StringComparison.Ordinal);
        Assert.Contains("no https certificate", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sign-in link", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_a_sign_in_says_how_to_get_one()
    {
        using var console = new TestConsole();

        LinkLines.Say(console, new Links(new Uri("http://localhost:8080/"), Dashboard: null));

        Assert.Contains("`./aitrader sign-in`", console.Output, StringComparison.Ordinal);
    }

    private static ResourceStatus Row(string name, string state, Condition condition, string problem, long memory, string? url) =>
        new(
            name,
            $"{name}-x",
            "Project",
            state,
            condition,
            problem,
            1,
            2,
            url is null ? [] : [new Uri(url)],
            new Usage(memory > 0 ? 1 : 0, memory, 0.25)
        );

    private static ResourceView View(string name) =>
        new($"{name}-x", name, "Project", "Running", Condition.Healthy, string.Empty, 1, [new Uri("http://localhost:8000")], 0, false, []);
}
