namespace AITrader.Messaging;

/// <summary>One message with its place in the stream.</summary>
/// <param name="Id">Stream entry id, as to be acknowledged; with more than one partition it ends in <c>@partition</c>.</param>
/// <param name="Message">What it says.</param>
public readonly record struct StreamEntry<T>(string Id, T Message);
