namespace AITrader.Messaging;

/// <summary>A stream and its consumer groups.</summary>
/// <param name="Name">Name of the stream.</param>
/// <param name="Length">Number of entries in the stream.</param>
/// <param name="Groups">The consumer groups of the stream.</param>
public sealed record StreamInfo(string Name, long Length, IReadOnlyList<StreamGroupInfo> Groups);
