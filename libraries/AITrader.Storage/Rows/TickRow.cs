using AITrader.Storage.Ticks;

namespace AITrader.Storage.Rows;

/// <summary>A stored tick, for queries; written by <see cref="ITickStore"/> only.</summary>
public sealed class TickRow
{
    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>Event time; the partition key.</summary>
    public required DateTimeOffset Timestamp { get; set; }

    /// <summary>T for a trade, Q for a quote.</summary>
    public required char Kind { get; set; }

    /// <summary>Trade price or mid.</summary>
    public required decimal Price { get; set; }

    /// <summary>Traded quantity.</summary>
    public decimal Volume { get; set; }

    /// <summary>Best bid.</summary>
    public decimal? Bid { get; set; }

    /// <summary>Quantity at the best bid.</summary>
    public decimal? BidSize { get; set; }

    /// <summary>Best ask.</summary>
    public decimal? Ask { get; set; }

    /// <summary>Quantity at the best ask.</summary>
    public decimal? AskSize { get; set; }

    /// <summary>Where it came from.</summary>
    public required string Source { get; set; }

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; set; } = string.Empty;

    /// <summary>Position in its run or feed.</summary>
    public long Seq { get; set; }

    /// <summary>Bits of the message's flags.</summary>
    public short Flags { get; set; }

    /// <summary>When it was received, where that is not <see cref="Timestamp"/>.</summary>
    public DateTimeOffset? Received { get; set; }

    /// <summary>Number of a trade at its source, where that numbers them.</summary>
    public long? TradeId { get; set; }
}

/// <summary>A day of ticks that has a partition.</summary>
public sealed class TickPartitionRow
{
    /// <summary>The day (UTC).</summary>
    public required DateOnly Day { get; set; }

    /// <summary>Wall clock of its creation.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>Wall clock of the last write: a replay of an old day is young.</summary>
    public required DateTimeOffset LastWriteAt { get; set; }

    /// <summary>Ticks in it, so that they need not be counted.</summary>
    public long Rows { get; set; }
}

/// <summary>How far a stream is stored, per run or live source.</summary>
public sealed class StreamPositionRow
{
    /// <summary>Stream.</summary>
    public required string Stream { get; set; }

    /// <summary>Replay run, or live:{source}.</summary>
    public required string Scope { get; set; }

    /// <summary>Id of the last entry that was stored.</summary>
    public required string LastId { get; set; }

    /// <summary>Highest tick sequence that was stored.</summary>
    public long LastSeq { get; set; }

    /// <summary>Wall clock of the last write.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>One replay of one content.</summary>
public sealed class ReplayRunRow
{
    /// <summary>{dataset}-{8 hex of SHA-256}-{attempt}.</summary>
    public required string Run { get; set; }

    /// <summary>File or data set.</summary>
    public required string Source { get; set; }

    /// <summary>SHA-256 of the content, hex.</summary>
    public required string Sha256 { get; set; }

    /// <summary>1, 2, 3 … for the same content.</summary>
    public required int Attempt { get; set; }

    /// <summary>running, finished, stopped or failed.</summary>
    public string State { get; set; } = ReplayStates.Running;

    /// <summary>run, pause or stop: what the user wants of it while it is running.</summary>
    public string Control { get; set; } = ReplayControls.Run;

    /// <summary>max, or times real time.</summary>
    public string Speed { get; set; } = "1";

    /// <summary>Whether another run of the content follows when it is finished.</summary>
    public bool Loop { get; set; }

    /// <summary>1, then one more for each run that followed by itself.</summary>
    public int Round { get; set; } = 1;

    /// <summary>Position in the content of its first tick: 1, or the target of a seek.</summary>
    public long FirstSeq { get; set; } = 1;

    /// <summary>Ticks in the content; null until known.</summary>
    public long? Ticks { get; set; }

    /// <summary>Position in the content of the last published tick.</summary>
    public long Published { get; set; }

    /// <summary>Wall clock of the start.</summary>
    public required DateTimeOffset StartedAt { get; set; }

    /// <summary>Wall clock of the end.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>What made it fail, or where it was stopped.</summary>
    public string? Error { get; set; }
}

/// <summary>States of a replay run.</summary>
public static class ReplayStates
{
    /// <summary>Ticks are being published or digested.</summary>
    public const string Running = "running";

    /// <summary>Every effect of every tick is durable.</summary>
    public const string Finished = "finished";

    /// <summary>Stopped on request before its end; every effect of what was published is durable.</summary>
    public const string Stopped = "stopped";

    /// <summary>Failed; see its error.</summary>
    public const string Failed = "failed";
}

/// <summary>What may be wanted of a replay run.</summary>
public static class ReplayControls
{
    /// <summary>Run.</summary>
    public const string Run = "run";

    /// <summary>Hold between two ticks.</summary>
    public const string Pause = "pause";

    /// <summary>Publish nothing more and end.</summary>
    public const string Stop = "stop";
}
