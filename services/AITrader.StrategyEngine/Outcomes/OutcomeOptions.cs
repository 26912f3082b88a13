using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Outcomes;

/// <summary>How the runners are told what came true of their forecasts.</summary>
internal sealed class OutcomeOptions
{
    public const string Section = "Outcomes";

    /// <summary>Forecasts that are followed at a time, over all symbols; those of decisions beyond are not followed. Default 4096, as many
    /// as a runner remembers; zero for none.</summary>
    [Range(0, 1_000_000)]
    public int Capacity { get; set; } = 4096;

    /// <summary>How often the tick store is asked for the trades that followed. Default 5 s; a forecast that waits longer is looked for
    /// less often, at last every half minute. Seldom is cheap: one reading serves all forecasts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Event time in which the trades of a forecast's horizon must come. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Within { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a report to a runner that is away is tried again. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Most outcomes of one report. Default 200.</summary>
    [Range(1, 500)]
    public int BatchSize { get; set; } = 200;
}

[OptionsValidator]
internal sealed partial class OutcomeOptionsValidator : IValidateOptions<OutcomeOptions>;
