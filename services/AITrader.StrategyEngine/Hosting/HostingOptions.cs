using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Users' strategies that run live and in replays.</summary>
internal sealed class HostingOptions
{
    public const string Section = "Strategies";

    /// <summary>Folder that the sources are in, where they are no full paths. Default strategies.</summary>
    [Required]
    public string Folder { get; set; } = "strategies";

    /// <summary>The strategies; none by default.</summary>
    [ValidateEnumeratedItems]
    public IList<HostedStrategyOptions> Hosted { get; } = [];

    /// <summary>What the account of the live market is: paper, which the execution engine simulates, or broker, which trades money. A
    /// broker's gets orders of strategies whose mode is live, and of no other. The host sets it by the execution engine's
    /// <c>Execution:Broker</c>; default broker, so that nobody who was not told trades money.</summary>
    [RegularExpression("^(paper|broker)$")]
    public string LiveAccount { get; set; } = TradingModes.Broker;

    /// <summary>How often their files are looked at, to load what has changed. Default 2 s; zero for never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan WatchEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a changed file must stay as it is before it is loaded. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Settle { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Live only, wall clock: age from which a tick leads to no order. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan MaxTickAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Wall clock: how long the code of a strategy may take for one tick. One that takes longer is given up: it is stopped, and
    /// the
    /// others go on. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Live only: a strategy that starts is warmed up with the stored ticks from 00:00 UTC on, of so many days before. Default 0:
    /// of today.</summary>
    [Range(0, 31)]
    public int WarmUpDays { get; set; }

    public IEnumerable<HostedStrategyOptions> Runnable() => Hosted.Where(static one => one.Enabled);
}

/// <summary>One strategy.</summary>
internal sealed class HostedStrategyOptions
{
    /// <summary>Its name, of letters, digits, - and _: the origin of its orders.</summary>
    [Required, RegularExpression("^[A-Za-z0-9_-]{1,64}$")]
    public string Name { get; set; } = string.Empty;

    /// <summary><c>example:ema-cross</c>, a JSON document, an assembly, or a project folder that was built.</summary>
    [Required]
    public string Source { get; set; } = string.Empty;

    /// <summary>Its class, where the assembly has several.</summary>
    public string? Class { get; set; }

    /// <summary>Its options, each as <c>Fast=5</c>.</summary>
    public IList<string> Options { get; } = [];

    /// <summary>Instruments that it gets and may trade, in its order.</summary>
    [MinLength(1)]
    public IList<string> Symbols { get; } = [];

    /// <summary>Cash that it begins with: its account is one of its own. Default 100000.</summary>
    [Range(typeof(decimal), "0.01", "1000000000000")]
    public decimal Capital { get; set; } = 100_000m;

    /// <summary>Budget: largest notional of its positions with its working orders. Default: its capital.</summary>
    [Range(typeof(decimal), "0", "1000000000000")]
    public decimal? MaxNotional { get; set; }

    /// <summary>paper (default), or live: only then may it send orders where <c>Strategies:LiveAccount</c> is a broker's.</summary>
    [RegularExpression("^(paper|live)$")]
    public string Mode { get; set; } = TradingModes.Paper;

    /// <summary>Whether it runs. Default true.</summary>
    public bool Enabled { get; set; } = true;

    public decimal Budget => MaxNotional ?? Capital;
}

[OptionsValidator]
internal sealed partial class HostingOptionsValidator : IValidateOptions<HostingOptions>;

/// <summary>Refuses two strategies of one name: their orders could not be told apart.</summary>
internal sealed class HostedNamesValidator : IValidateOptions<HostingOptions>
{
    public ValidateOptionsResult Validate(string? name, HostingOptions options) =>
        options.Hosted.GroupBy(static one => one.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static same => same.Count() > 1)
            is { } twice
            ? ValidateOptionsResult.Fail(
                $"{HostingOptions.Section}:Hosted has several strategies named {twice.Key}: give each a name of its own"
            )
            : ValidateOptionsResult.Success;
}
