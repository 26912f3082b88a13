using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A socket, as a pump sees it.</summary>
internal sealed class SocketTransport(Socket socket) : ITransport
{
    /// <summary>-1 where the socket cannot say any more.</summary>
    public long Available
    {
        get
        {
            try
            {
                return socket.Available;
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                return -1;
            }
        }
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer, SocketFlags.None);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        while (!data.IsEmpty)
        {
            var sent = await socket.SendAsync(data, SocketFlags.None).ConfigureAwait(false);
            if (sent <= 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            data = data[sent..];
        }
    }

    public ValueTask FlushAsync() => default;

    public void Abort()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }
    }
}
