using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.MockLlm.News;

/// <summary>Settings of the made-up news.</summary>
internal sealed class NewsOptions
{
    public const string Section = "News";

    /// <summary>The same seed gives the same news at the same time.</summary>
    public int Seed { get; set; } = 20240808;

    /// <summary>Time between two stories. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StoryEvery { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Time between two pump-and-dump waves in the forum. Default 10 min; zero for none.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan PumpEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Share of answers that are faulty: broken, late, 429 or 500. Default 0.1.</summary>
    [Range(0.0, 1.0)]
    public double FaultShare { get; set; } = 0.1;
}

/// <summary>Checks the options when the service starts.</summary>
[OptionsValidator]
internal sealed partial class NewsOptionsValidator : IValidateOptions<NewsOptions>;
