using System.Text.Json;
using AITrader.Cli.Commands.Runs;
using AITrader.Cli.Views;
using Spectre.Console.Testing;

namespace AITrader.Cli.Tests.Views;

public sealed class RunViewTests
{
    [Fact]
    public void A_run_is_shown_with_account_statistics_and_setup()
    {
        using var run = JsonDocument.Parse(
            """
            {"run":{"id":"demo-1","kind":"replay","state":"failed","source":"demo.csv","sha256":"ab","speed":"10","note":"the file ended",
                    "started_at":"2024-08-08T12:00:00.000000Z","finished_at":null,"currency":"USDT","initial_cash":1000,"cash":1017.25,"equity":1017.25,"fills":3},
             "account":{"currency":"USDT","initial_cash":1000,"cash":1017.25,"equity":1017.25,"realised_pnl":20.25,"unrealised_pnl":0,"fees":3,"trading_state":"ACTIVE","halt_reason":""},
             "setup":{"rule":{"threshold":0.3}},
             "statistics":{"total_return":0.017250000000000001,"sharpe":null,"trades":2}}
            """
        );

        Assert.Equal(
            [
                "demo-1: replay, failed, of demo.csv at speed 10",
                "    from 2024-08-08T12:00:00.000000Z to –",
                "    the file ended",
                "    cash 1017.25 USDT of 1000, equity 1017.25, realised 20.25, unrealised 0, fees 3, trading ACTIVE",
                "    total return                0.01725",
                "    sharpe                      –",
                "    trades                      2",
                """    rule: {"threshold":0.3}""",
            ],
            RunView.Lines(run.RootElement)
        );
    }

    [Fact]
    public void A_run_that_has_not_traded_says_so()
    {
        using var run = JsonDocument.Parse(
            """
            {"run":{"id":"live","kind":"paper","state":"running","source":"","speed":null,"note":null,"started_at":"2024-08-08T12:00:00.000000Z","finished_at":null},
             "account":null,"setup":{},"statistics":null}
            """
        );

        Assert.Equal(
            ["live: paper, running", "    from 2024-08-08T12:00:00.000000Z to –", "    no account yet: it has not traded"],
            RunView.Lines(run.RootElement)
        );
    }

    [Fact]
    public void Compared_values_stand_under_their_runs()
    {
        using var compared = JsonDocument.Parse(
            """{"runs":[{"id":"a"},{"id":"b"}],"statistics":[{"name":"win_rate","values":[0.5,null]}],"differences":[{"name":"strategies.x","values":["one",7]}]}"""
        );
        using var console = new TestConsole();

        console.Write(RunView.Compared(compared.RootElement, "statistics"));
        console.Write(RunView.Compared(compared.RootElement, "differences"));

        Assert.Equal(
            [
                ["a", "b"],
                ["win", "rate", "0.5", "–"],
                ["a", "b"],
                ["strategies.x", "one", "7"],
            ],
            console.Lines.Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        );
    }

    [Fact]
    public void Orders_name_their_run()
    {
        using var page = JsonDocument.Parse(
            """
            {"items":[{"id":"1","side":"BUY","qty":1,"symbol":"S","type":"MARKET","price":null,"status":"FILLED","filled_qty":1,"origin":"o","reason":"","run":""},
                      {"id":"2","side":"BUY","qty":1,"symbol":"S","type":"MARKET","price":null,"status":"FILLED","filled_qty":1,"origin":"o","reason":"","run":"demo-1"}]}
            """
        );
        using var console = new TestConsole();
        console.Profile.Width = 200;

        console.Write(OrderView.Table(page.RootElement));

        Assert.Equal(["run", "live", "demo-1"], console.Lines.Select(static line => line.TrimEnd().Split(' ')[^1]));
    }

    [Theory]
    [InlineData("trades.csv", null, "csv")]
    [InlineData("trades.csv.gz", null, "csv")]
    [InlineData("trades.PARQUET", null, "parquet")]
    [InlineData("trades", "parquet", "parquet")]
    public void The_format_is_that_of_the_file_s_name(string file, string? format, string chosen)
    {
        var settings = new RunExportSettings
        {
            Run = "a/b c",
            Table = "trades",
            To = file,
            Format = format,
        };

        Assert.True(settings.Validate().Successful);
        Assert.Equal($"/api/v1/runs/a%2Fb%20c/export/trades?format={chosen}", settings.Path);
    }

    [Theory]
    [InlineData("DENIED", "NO_PRICE symbol=NSE:INFY side=BUY", true)]
    [InlineData("DENIED", "STALE_PRICE age=00:00:09", false)]
    [InlineData("FILLED", "", false)]
    public void An_order_that_its_market_has_no_price_for_is_recognised(string status, string reason, bool isSo)
    {
        using var order = JsonDocument.Parse($$"""{"status":"{{status}}","reason":"{{reason}}"}""");
        Assert.Equal(isSo, OrderView.HasNoPrice(order.RootElement));
    }
}
