namespace AITrader.Messaging;

/// <summary>Opens consumers of groups.</summary>
public interface IStreamReaders
{
    /// <summary>A consumer of a group on the stream that <typeparamref name="T"/> belongs to; the group is made at the stream's start where
    /// it is missing.</summary>
    /// <param name="group">Group, see <see cref="AITrader.Contracts.ConsumerGroups"/>.</param>
    /// <param name="consumer">Name within the group; the default is stable for this instance of this service, so that a restarted one finds
    /// its pending entries.</param>
    /// <param name="stream">Only for types with more than one stream, such as jobs.</param>
    IStreamReader<T> Open<T>(string group, string? consumer = null, string? stream = null)
        where T : class;
}
