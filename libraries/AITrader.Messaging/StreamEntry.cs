namespace AITrader.Messaging;

/// <summary>A message and its entry id in the stream.</summary>
/// <param name="Id">Entry id, to be used for the acknowledgement; with more than one partition it ends in <c>@partition</c>.</param>
/// <param name="Message">The decoded message.</param>
public readonly record struct StreamEntry<T>(string Id, T Message);
