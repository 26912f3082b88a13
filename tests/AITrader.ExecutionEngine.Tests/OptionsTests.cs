using AITrader.ExecutionEngine.Accounts;
using AITrader.ServiceDefaults.Instruments;
using AITrader.Trading.Fills;
using AITrader.Trading.Risk;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Defaults_are_the_documented_rules()
    {
        var options = new ExecutionOptions();
        Assert.Equal(RiskLimits.Default, options.Limits);
        Assert.Equal(FillRules.Default, options.Fills);
    }

    [Fact]
    public void Refuses_what_cannot_be()
    {
        var result = new ExecutionOptionsValidator().Validate(
            null,
            new ExecutionOptions
            {
                BatchSize = 0,
                MaxOrderNotional = -1m,
                GuardInterval = TimeSpan.FromSeconds(5),
            }
        );
        Assert.Equal(3, result.Failures!.Count());
    }

    [Fact]
    public void Knows_listed_instruments_and_unlisted_ones_where_allowed()
    {
        var open = new TradableInstruments(
            Options.Create(
                new InstrumentOptions
                {
                    Listed =
                    {
                        new InstrumentSetting
                        {
                            Symbol = "X",
                            LotSize = 5m,
                            FeeBps = 7m,
                        },
                    },
                }
            )
        );
        Assert.Equal((5m, 7m), (open.Find("X")!.LotSize, open.Find("X")!.FeeBps));
        Assert.NotNull(open.Find("UNLISTED"));
        Assert.Null(open.Find("NSE:NIFTY 50"));
        Assert.Null(new TradableInstruments(Options.Create(new InstrumentOptions { AllowUnlisted = false })).Find("UNLISTED"));
    }
}
