using System.ComponentModel.DataAnnotations;
using AITrader.Trading.Fills;
using AITrader.Trading.Risk;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Settings of risk, simulator and loop. Event time unless said otherwise.</summary>
internal sealed class ExecutionOptions : IValidatableObject
{
    public const string Section = "Execution";
    public const string Simulator = "simulator";

    /// <summary>Who executes live orders: <c>simulator</c> or <c>kite</c>. Replays are always simulated. Default simulator.</summary>
    [RegularExpression("simulator|kite")]
    public string Broker { get; set; } = Simulator;

    /// <summary>Published table of fees, by broker, such as ZERODHA. Default none: simulated executions pay what their instruments have as
    /// fee, those at Kite what ZERODHA's table says.</summary>
    [RegularExpression("[A-Z]*")]
    public string FeeTable { get; set; } = string.Empty;

    /// <summary>From sending an order until the exchange can match it. Default 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan OrderLatency { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Oldest quote that still counts as a price. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan MaxQuoteAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest notional that one order may add to a position. Zero blocks all that add. Default 100 000.</summary>
    [Range(typeof(decimal), "0", "1000000000")]
    public decimal MaxOrderNotional { get; set; } = 100_000m;

    /// <summary>What a market order reserves above the price that is shown, in basis points. Default 50.</summary>
    [Range(typeof(decimal), "0", "10000")]
    public decimal MarketBufferBps { get; set; } = 50m;

    /// <summary>More limits of the account, numbers by name (docs/formulas-trading.md, section Risk): a ceiling that what the API sets can
    /// only
    /// narrow. Default none.</summary>
    public Dictionary<string, decimal> Bounds { get; } = [];

    /// <summary>Rates of exchange for instruments that are not quoted in the account's currency: a number by <c>FROM/TO</c>, such as
    /// USDT/INR. Without one they are not traded. Default none.</summary>
    public Dictionary<string, decimal> Rates { get; } = [];

    /// <summary>Event time between two points of an account's equity curve. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan EquityInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Live only: an order that is older than this when it is taken is denied (<c>STALE_ORDER</c>). Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxOrderAge { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Ticks read at once. Default 512.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 512;

    /// <summary>Wall-clock time between looks at trading state, identities and marks. Default 400 ms, so that a breach halts within a
    /// second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:01")]
    public TimeSpan GuardInterval { get; set; } = TimeSpan.FromMilliseconds(400);

    public RiskLimits Limits => NamedLimits.Read(Bounds, out _).Tightest(new RiskLimits(MaxQuoteAge, MaxOrderNotional, MarketBufferBps));

    public FillRules Fills => new(OrderLatency);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        NamedLimits.Read(Bounds, out var problem);
        if (problem.Length > 0)
        {
            yield return new ValidationResult(problem, [nameof(Bounds)]);
        }

        if (ConfiguredRates.ProblemOf(Rates) is { } odd)
        {
            yield return new ValidationResult(odd, [nameof(Rates)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class ExecutionOptionsValidator : IValidateOptions<ExecutionOptions>;
