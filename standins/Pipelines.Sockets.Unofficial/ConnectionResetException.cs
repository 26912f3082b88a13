namespace Pipelines.Sockets.Unofficial;

/// <summary>The transport broke.</summary>
public sealed class ConnectionResetException(string message, Exception? inner = null) : IOException(message, inner);
