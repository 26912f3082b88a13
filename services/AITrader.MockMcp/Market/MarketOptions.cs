using System.ComponentModel.DataAnnotations;

namespace AITrader.MockMcp.Market;

/// <summary>Settings of the simulated market.</summary>
internal sealed class MarketOptions
{
    public const string Section = "Market";

    /// <summary>The same seed gives the same sequence of prices.</summary>
    public int Seed { get; set; } = 20240808;

    /// <summary>Price changes of each symbol in a second. Zero stops the market.</summary>
    [Range(0, 1000)]
    public double TicksPerSecond { get; set; } = 3;

    /// <summary>Standard deviation of one step of the whole market, in basis points.</summary>
    [Range(0.01, 100)]
    public double StepVolatilityBps { get; set; } = 2.5;

    /// <summary>Correlation of any two symbols' own moves, 0 to 0.99; empty for that of their betas, about 0.5.</summary>
    [Range(0, 0.99)]
    public double? Correlation { get; set; }

    /// <summary>Regimes with their steps, over and over, such as <c>range:200,trend-up:300,jump:50,halt:30</c>; empty for ranges and trends
    /// as they come.</summary>
    [RegimeSchedule]
    public string Schedule { get; set; } = string.Empty;
}

/// <summary>A schedule that can be read.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RegimeScheduleAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        RegimePhase.TryParseAll(value as string ?? string.Empty, out _, out var wrong)
            ? ValidationResult.Success
            : new ValidationResult($"Market:Schedule: '{wrong}' is not REGIME:STEPS with one of {RegimePhase.AllNames}.");
}
