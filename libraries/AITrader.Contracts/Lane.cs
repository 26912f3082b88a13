namespace AITrader.Contracts;

/// <summary>The live market, or the replays: each has streams of its own, and state and loops in every engine, so that neither sees or
/// waits for the other.</summary>
/// <param name="IsReplay">Whether it is that of the replays.</param>
public sealed record Lane(bool IsReplay)
{
    /// <summary>That of the live market.</summary>
    public static Lane Live { get; } = new(IsReplay: false);

    /// <summary>That of the replays, one after the other.</summary>
    public static Lane Replays { get; } = new(IsReplay: true);

    /// <summary>Both.</summary>
    public static IReadOnlyList<Lane> All { get; } = [Live, Replays];

    /// <summary>live or replays.</summary>
    public string Name => IsReplay ? "replays" : "live";

    /// <summary>Its stream of a name of <see cref="StreamNames"/>.</summary>
    public string Of(string stream) => IsReplay ? StreamNames.OfReplays(stream) : stream;

    /// <summary>Its key for state that each lane has of its own.</summary>
    public string Key(string key) => IsReplay ? $"{key}:{Name}" : key;
}
