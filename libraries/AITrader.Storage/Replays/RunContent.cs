namespace AITrader.Storage.Replays;

/// <summary>What is replayed.</summary>
/// <param name="Source">As it was asked for.</param>
/// <param name="Name">Name of the content in the names of its runs.</param>
/// <param name="Sha256">SHA-256 of all of it, lower-case hex.</param>
/// <param name="Ticks">How many ticks it holds.</param>
public sealed record RunContent(string Source, string Name, string Sha256, long Ticks)
{
    private const int HashLetters = 8;

    /// <summary>Name of a run of this content.</summary>
    public string RunName(int attempt) => string.Create(null, $"{Name}-{Sha256[..HashLetters]}-{attempt}");
}

/// <summary>How a run ended.</summary>
/// <param name="Run">Which.</param>
/// <param name="State">finished or stopped.</param>
/// <param name="Published">Position of its last tick.</param>
/// <param name="Note">Where and why, unless it came to its end.</param>
public sealed record RunEnd(string Run, string State, long Published, string? Note = null);

/// <summary>How a run that follows another one begins.</summary>
/// <param name="FirstSeq">Position of its first tick.</param>
/// <param name="Round">How often it has begun from the start.</param>
public sealed record RunStart(long FirstSeq, int Round);
