namespace AITrader.Messaging;

/// <summary>A stream and its groups.</summary>
/// <param name="Name">Stream.</param>
/// <param name="Length">Entries.</param>
/// <param name="Groups">Its groups.</param>
public sealed record StreamInfo(string Name, long Length, IReadOnlyList<StreamGroupInfo> Groups);
