namespace Pipelines.Sockets.Unofficial;

/// <summary>What a pump moves bytes to and from.</summary>
internal interface ITransport
{
    /// <summary>Zero at the end.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    ValueTask SendAsync(ReadOnlyMemory<byte> data);

    ValueTask FlushAsync();

    /// <summary>Makes a pending receive return. Never throws.</summary>
    void Abort();
}
