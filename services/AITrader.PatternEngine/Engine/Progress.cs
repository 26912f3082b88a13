using AITrader.Messaging;

namespace AITrader.PatternEngine.Engine;

/// <summary>How far one partition was handled.</summary>
/// <param name="Place">Last entry.</param>
/// <param name="Seq">Its tick's sequence.</param>
internal readonly record struct Progress(EntryPlace Place, long Seq);
