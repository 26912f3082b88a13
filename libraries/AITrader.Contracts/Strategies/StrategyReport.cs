namespace AITrader.Contracts.Strategies;

/// <summary>A hosted strategy as the strategy engine tells of it and the gateway passes it on. JSON names are snake_case.</summary>
public sealed record StrategyReport
{
    /// <summary>Its name: the origin of its orders.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is loaded from.</summary>
    public required string Source { get; init; }

    /// <summary>One of <see cref="StrategyStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it does not run, or why its newest version does not; null where all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>Follows from its code and options; null where it is not loaded.</summary>
    public string? Version { get; init; }

    /// <summary>Replay that it is in; empty when live, null before the first tick.</summary>
    public string? Run { get; init; }

    /// <summary>Whether it did, when it was started, what was done in its name before; false where another version did that.</summary>
    public bool IsExact { get; init; } = true;

    /// <summary>Event time that it has come to.</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>paper, or live: whether it may trade money.</summary>
    public string Mode { get; init; } = "paper";

    /// <summary>Cash that it began with.</summary>
    public required decimal Capital { get; init; }

    /// <summary>Largest notional of its positions with its working orders.</summary>
    public required decimal Budget { get; init; }

    /// <summary>Cash plus the market value of its positions.</summary>
    public decimal? Equity { get; init; }

    /// <summary>Realised profit before fees.</summary>
    public decimal? Realised { get; init; }

    /// <summary>Fees paid.</summary>
    public decimal? Fees { get; init; }

    /// <summary>Orders placed in this run since it was started, those that were denied included.</summary>
    public int Orders { get; init; }

    /// <summary>Orders that may still be executed.</summary>
    public int Working { get; init; }

    /// <summary>Its positions.</summary>
    public IReadOnlyList<StrategyPosition> Positions { get; init; } = [];

    /// <summary>Whether nothing has to be seen to.</summary>
    public bool IsWell => Reason is null && State is not (StrategyStates.Stopped or StrategyStates.NotLoaded);
}

/// <summary>A position of a hosted strategy.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Quantity">Signed quantity.</param>
/// <param name="AveragePrice">Average entry price.</param>
public sealed record StrategyPosition(string Symbol, decimal Quantity, decimal AveragePrice);

/// <summary>States of a hosted strategy.</summary>
public static class StrategyStates
{
    /// <summary>No tick of its instruments has come yet.</summary>
    public const string Waiting = "waiting";

    /// <summary>It does over again what came before it was started.</summary>
    public const string CatchingUp = "catching_up";

    /// <summary>It runs.</summary>
    public const string Running = "running";

    /// <summary>It failed; its orders were cancelled.</summary>
    public const string Stopped = "stopped";

    /// <summary>It could not be loaded.</summary>
    public const string NotLoaded = "not_loaded";

    /// <summary>Settings say that it does not run.</summary>
    public const string Disabled = "disabled";
}
