using System.Text.Json;
using AITrader.Cli.Commands.Orders;
using AITrader.Cli.Commands.Risk;
using AITrader.Cli.Views;

namespace AITrader.Cli.Tests.Trading;

public sealed class OrderAndRiskSettingsTests
{
    [Theory]
    [InlineData("account", "account")]
    [InlineData("symbol:NSE:INFY", "symbol/NSE%3AINFY")]
    [InlineData("symbol:BTCUSDT", "symbol/BTCUSDT")]
    [InlineData("strategy:ema", "strategy/ema")]
    [InlineData("strategy:", null)]
    [InlineData("planet:mars", null)]
    public void A_scope_is_the_account_a_strategy_or_a_symbol(string scope, string? path)
    {
        var settings = new LimitSettings { Scope = scope };
        Assert.Equal(path is not null, settings.Validate().Successful);
        Assert.Equal(path ?? settings.Path, settings.Path);
    }

    [Fact]
    public void Limits_are_names_with_numbers_and_an_empty_one_takes_away()
    {
        var settings = new LimitSettings { Scope = "account", Limits = ["daily_loss=2000.5", "position="] };
        Assert.True(settings.Validate().Successful);
        Assert.Equal([("daily_loss", 2000.5m), ("position", null)], settings.Numbers);
        Assert.All(["daily_loss", "=5", "daily_loss=lots", "a=1=2"], static text => Assert.False(
                new LimitSettings { Scope = "account", Limits = [text] }
                    .Validate()
                    .Successful
            ));
    }

    [Theory]
    [InlineData(null, null, null, null, "MARKET")]
    [InlineData(10.0, null, null, null, "LIMIT")]
    [InlineData(null, 10.0, null, null, "STOP")]
    [InlineData(10.0, 10.0, null, null, "STOP_LIMIT")]
    [InlineData(null, null, 1.0, null, "TRAILING_STOP")]
    [InlineData(10.0, null, null, 1.0, "ICEBERG")]
    public void The_type_follows_from_the_prices_that_are_given(
        double? price,
        double? trigger,
        double? trail,
        double? display,
        string type
    ) =>
        Assert.Equal(
            type,
            new OrderPlaceSettings
            {
                Price = (decimal?)price,
                Trigger = (decimal?)trigger,
                Trail = (decimal?)trail,
                Display = (decimal?)display,
            }.TypeOrFitting
        );

    [Fact]
    public void An_order_names_a_run_only_where_one_is_meant()
    {
        var order = new OrderPlaceSettings
        {
            Side = "buy",
            Quantity = 1,
            Symbol = "S",
        };
        Assert.DoesNotContain("run", OrderPlaceCommand.BodyOf(order).Keys);
        order.Run = "demo-1";
        Assert.Equal("demo-1", OrderPlaceCommand.BodyOf(order)["run"]);
    }

    [Fact]
    public void A_raised_limit_says_how_to_confirm_it()
    {
        var answer = JsonDocument
            .Parse("""{"id":"7","scope":"account","name":"","limits":{"position":2},"raised":["Position"]}""")
            .RootElement;
        Assert.Equal(
            "not yet: this raises Position. Confirm it within ten minutes: ./aitrader risk confirm 7",
            Assert.Single(RiskView.ChangeLines(answer))
        );
    }
}
