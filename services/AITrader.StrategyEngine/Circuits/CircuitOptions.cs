using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Circuits;

/// <summary>When services that fail are left alone. The runners have their own settings in <c>Forecast</c>.</summary>
internal sealed class CircuitOptions
{
    public const string Section = "Circuits";

    /// <summary>Time in which failures count together. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Sampling { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Failures in a row after which the sentiment engine, asked every half minute, is left alone. Default 3.</summary>
    [Range(2, 1000)]
    public int SentimentFailures { get; set; } = 3;

    /// <summary>How long it is left alone before one call tries it. Default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "1.00:00:00")]
    public TimeSpan SentimentRest { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Failures in a row after which the language model is left alone. Default 3.</summary>
    [Range(2, 1000)]
    public int AdviceFailures { get; set; } = 3;

    /// <summary>How long it is left alone before one call tries it. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "1.00:00:00")]
    public TimeSpan AdviceRest { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Readings in a row that fail, after which the broker's tools are left alone. Default 3.</summary>
    [Range(2, 1000)]
    public int BrokerFailures { get; set; } = 3;

    /// <summary>How long they are left alone before one reading tries them. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "1.00:00:00")]
    public TimeSpan BrokerRest { get; set; } = TimeSpan.FromSeconds(30);

    public CircuitLimits Sentiment => new(SentimentFailures, Sampling, SentimentRest);

    public CircuitLimits Advice => new(AdviceFailures, Sampling, AdviceRest);

    public CircuitLimits Broker => new(BrokerFailures, Sampling, BrokerRest);
}

[OptionsValidator]
internal sealed partial class CircuitOptionsValidator : IValidateOptions<CircuitOptions>;
