using System.ComponentModel.DataAnnotations;
using AITrader.Contracts;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Replay;

/// <summary>What to replay when the service starts, and how.</summary>
internal sealed class ReplayOptions
{
    public const string Section = "Replay";

    /// <summary>File, name of a data set, several of them with ; between them, or ticks:SYMBOLS@FROM/UNTIL; null replays nothing by
    /// itself.</summary>
    public string? Path { get; set; }

    /// <summary><c>max</c>, or how many times as fast as it happened, 0.1 to 1000. Default 1.</summary>
    public string Speed { get; set; } = "1";

    /// <summary>Distance of bid and ask of bars of trades, which do not say it, in basis points of the price. Default 0.</summary>
    [Range(0, 1_000)]
    public double SpreadBps { get; set; }

    /// <summary>Whether what is configured begins again at its end. Default no.</summary>
    public bool Loop { get; set; }

    /// <summary>Folders whose files may be named in a request; none by default, so that requests can name data sets only. Settings may name
    /// any file.</summary>
    public IReadOnlyList<string> Folders { get; set; } = [];

    /// <summary>Where the named data sets are. Default: AITRADER_TEST_DATA, or ../shared/data beside the repository.</summary>
    public string? DataFolder { get; set; }

    /// <summary>How many ticks the publisher may be ahead of the slowest stage. Default 4096.</summary>
    [Range(1, 1_000_000)]
    public int Window { get; set; } = 4096;

    /// <summary>Ticks published together at most. Default 512.</summary>
    [Range(1, 10_000)]
    public int Batch { get; set; } = 512;

    /// <summary>How long a stop waits for the stages to see what was published, before the run ends without them. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Stages that the window is measured against, comma separated. Default: pattern, execution, store.</summary>
    public string Ahead { get; set; } = string.Join(',', ReplayStages.Pattern, ReplayStages.Execution, ReplayStages.Store);

    /// <summary>Stages that must have seen the last tick before a run is finished, comma separated. Default: pattern, strategy, execution,
    /// store.</summary>
    public string Complete { get; set; } =
        string.Join(',', ReplayStages.Pattern, ReplayStages.Strategy, ReplayStages.Execution, ReplayStages.Store);

    public static IReadOnlyList<string> Stages(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

[OptionsValidator]
internal sealed partial class ReplayOptionsValidator : IValidateOptions<ReplayOptions>;

/// <summary>Refuses a speed that is none.</summary>
internal sealed class ReplaySpeedValidator : IValidateOptions<ReplayOptions>
{
    public ValidateOptionsResult Validate(string? name, ReplayOptions options) =>
        ReplaySpeed.TryParse(options.Speed, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ReplayOptions.Section}:Speed: '{options.Speed}' is not {ReplaySpeed.Range}");
}
