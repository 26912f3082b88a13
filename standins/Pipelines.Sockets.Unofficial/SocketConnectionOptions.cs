namespace Pipelines.Sockets.Unofficial;

/// <summary>Nothing to choose here.</summary>
[Flags]
public enum SocketConnectionOptions
{
    None = 0,
}
