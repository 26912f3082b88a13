using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A stream (TLS, a tunnel) as a pair of pipes.</summary>
public static class StreamConnection
{
    private const int ReadSize = 64 * 1024;

    /// <summary>Starts pumping a stream.</summary>
    public static IDuplexPipe GetDuplex(
        Stream stream, PipeOptions? sendPipeOptions = null, PipeOptions? receivePipeOptions = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return DuplexPump.Start(new StreamTransport(stream), sendPipeOptions, receivePipeOptions);
    }

    /// <summary>Reads a stream as a pipe.</summary>
    public static PipeReader GetReader(Stream stream, PipeOptions? pipeOptions = null, string? name = null) =>
        PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadSize));

    private sealed class StreamTransport(Stream stream) : ITransport
    {
        public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => stream.ReadAsync(buffer);

        public ValueTask SendAsync(ReadOnlyMemory<byte> data) => stream.WriteAsync(data);

        public ValueTask FlushAsync() => new(stream.FlushAsync());

        public void Abort()
        {
            // Whatever a broken stream says on its way out concerns nobody any more.
            try
            {
                stream.Dispose();
            }
            catch (Exception)
            {
            }
        }
    }
}
