namespace AITrader.Messaging;

/// <summary>Opens consumers of groups.</summary>
public interface IStreamReaders
{
    /// <summary>Opens a consumer of a group on the stream of <typeparamref name="T"/>. A missing group is created at the start of the
    /// stream.</summary>
    /// <param name="group">Name of the group, see <see cref="AITrader.Contracts.ConsumerGroups"/>.</param>
    /// <param name="consumer">Name of the consumer within the group. The default is stable for this instance of this service, so that a
    /// restarted instance finds its pending entries.</param>
    /// <param name="stream">Name of the stream; only for message types with more than one stream, such as jobs.</param>
    IStreamReader<T> Open<T>(string group, string? consumer = null, string? stream = null)
        where T : class;
}
