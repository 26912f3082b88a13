namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Nothing to choose here.</summary>
[Flags]
public enum ArenaFlags
{
    None = 0,
}

/// <summary>Accepted for its signature; this arena only ever uses its own sizing rules.</summary>
public sealed class ArenaOptions
{
    public ArenaOptions(ArenaFlags flags = ArenaFlags.None, int blockSizeBytes = 0, Func<long, long, long>? retentionPolicy = null)
    {
    }
}

/// <summary>Accepted for its signature; none can be made.</summary>
public abstract class Allocator<T>
{
    private protected Allocator()
    {
    }
}
