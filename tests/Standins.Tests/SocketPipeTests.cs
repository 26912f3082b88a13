using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipelines.Sockets.Unofficial;
using Pipelines.Sockets.Unofficial.Arenas;

namespace Standins.Tests;

/// <summary>What the Redis client relies on in the pipes, the arena and the awaitable under it.</summary>
public sealed class SocketPipeTests
{
    [Fact]
    public async Task Bytes_cross_in_order_and_are_counted()
    {
        var (left, right) = await PairAsync();
        using var connection = SocketConnection.Create(left, null, null);
        using var echo = SocketConnection.Create(right, null, null);
        var sent = Enumerable.Range(0, 1_000_000).Select(static i => (byte)(i * 31)).ToArray();
        var write = connection.Output.WriteAsync(sent).AsTask();
        Assert.Equal(sent, await ReadAsync(echo.Input, sent.Length));
        await write;
        Assert.Equal(sent.Length, connection.BytesSent);
        Assert.Equal(sent.Length, echo.BytesRead);
        Assert.Equal(sent.Length, ((IMeasuredDuplexPipe)echo).TotalBytesReceived);
    }

    [Fact]
    public async Task The_end_of_the_peer_is_an_end_and_no_error()
    {
        var (left, right) = await PairAsync();
        using var connection = SocketConnection.Create(left, null, null);
        right.Shutdown(SocketShutdown.Both);
        right.Dispose();
        var result = await connection.Input.ReadAsync();
        Assert.True(result.IsCompleted);
        Assert.Equal(100, (int)connection.ShutdownKind);
    }

    [Fact]
    public async Task A_reset_reaches_the_reader_as_such_and_the_writer_without_an_exception()
    {
        var (left, right) = await PairAsync();
        using var connection = SocketConnection.Create(left, null, null);
        right.LingerState = new LingerOption(enable: true, seconds: 0);
        right.Dispose();
        await Assert.ThrowsAsync<ConnectionResetException>(() => ReadAsync(connection.Input, 1));
        Assert.Equal(SocketError.ConnectionReset, connection.SocketError);

        // The pump notices at its next send; then the pipe is completed, and writing tells so instead of throwing.
        FlushResult flushed;
        do
        {
            flushed = await connection.Output.WriteAsync(new byte[1024]);
        }
        while (!flushed.IsCompleted);
    }

    [Fact]
    public async Task The_first_reason_of_an_end_wins()
    {
        var (left, right) = await PairAsync();
        var connection = SocketConnection.Create(left, null, null);
        Assert.True(connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitClient));
        Assert.False(connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitServer));
        connection.Dispose();
        Assert.Equal(400, (int)connection.ShutdownKind);
        Assert.Equal(0, await right.ReceiveAsync(new byte[1]));
    }

    [Fact]
    public async Task A_stream_is_pumped_as_well()
    {
        var (left, right) = await PairAsync();
        var duplex = StreamConnection.GetDuplex(new NetworkStream(left, ownsSocket: true));
        await duplex.Output.WriteAsync("ping"u8.ToArray());
        var buffer = new byte[4];
        await new NetworkStream(right, ownsSocket: true).ReadExactlyAsync(buffer);
        Assert.Equal("ping", Encoding.ASCII.GetString(buffer));
        ((IDisposable)duplex).Dispose();
        Assert.Equal(0, await right.ReceiveAsync(new byte[1]));
    }

    [Fact]
    public void An_arena_gives_whole_slices_and_forgets_what_they_held()
    {
        var arena = new Arena<string?>();
        var small = arena.Allocate(3);
        small.FirstSpan.Fill("kept");
        Assert.All(small.ToArray(static (in string? item) => item), static item => Assert.Equal("kept", item));
        arena.Reset();
        Assert.All(arena.Allocate(3).ToArray(static (in string? item) => item), Assert.Null);
        arena.Dispose();
        Assert.Equal(2, (int)arena.Allocate(2).Length);
    }

    [Fact]
    public void An_arena_never_touches_a_block_that_it_has_left_behind()
    {
        var arena = new Arena<string?>();
        var small = arena.Allocate(3);
        small.FirstSpan.Fill("kept");
        var large = arena.Allocate(5000);
        Assert.True(large.IsSingleSegment);
        Assert.Equal(5000, large.FirstSpan.Length);
        arena.Reset();
        arena.Allocate(5000).FirstSpan.Fill("late");
        Assert.Equal("kept", small[0]);
    }

    [Fact]
    public void A_sequence_is_walked_by_reference_and_carried_untyped()
    {
        var sequence = new Arena<int>().Allocate(4);
        var count = 0;
        foreach (ref var item in sequence)
        {
            item = ++count * 10;
        }

        Assert.Equal([10, 20, 30, 40], sequence.Untyped().Cast<int>().ToArray(static (in int item) => item));
        var spans = 0;
        foreach (var span in sequence.Spans)
        {
            spans += span.Length;
        }

        Assert.Equal(4, spans);
        Assert.Throws<ArgumentException>(() => sequence.CopyTo(new int[3], static (in int item) => item));
        Assert.Empty(default(Sequence<int>).ToArray(static (in int item) => item));
    }

    [Fact]
    public async Task An_aborted_operation_stays_aborted()
    {
        using var arguments = new SocketAwaitableEventArgs();
        var awaiting = AwaitAsync(arguments);
        arguments.Abort(SocketError.TimedOut);
        arguments.Complete();
        Assert.Equal(SocketError.TimedOut, (await Assert.ThrowsAsync<SocketException>(() => awaiting)).SocketErrorCode);
        var again = AwaitAsync(arguments);
        arguments.Complete();
        await Assert.ThrowsAsync<SocketException>(() => again);
    }

    [Fact]
    public void The_scheduler_hands_work_to_the_pool_and_delegates_are_walked()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler();
        using var ran = new ManualResetEventSlim();
        scheduler.Schedule(static state => ((ManualResetEventSlim)state!).Set(), ran);
        Assert.True(ran.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(1, scheduler.TotalServicedByPool);

        var calls = new List<int>();
        Action both = () => calls.Add(1);
        Assert.True(both.IsSingle());
        both += () => calls.Add(2);
        Assert.False(both.IsSingle());
        foreach (var one in both.AsEnumerable())
        {
            one();
        }

        Assert.Equal([1, 2], calls);
    }

    private static async Task<int> AwaitAsync(SocketAwaitableEventArgs arguments) => await arguments;

    private static async Task<byte[]> ReadAsync(PipeReader reader, int length)
    {
        var result = await reader.ReadAtLeastAsync(length);
        var bytes = result.Buffer.ToArray();
        reader.AdvanceTo(result.Buffer.End);
        return bytes;
    }

    private static async Task<(Socket Left, Socket Right)> PairAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var left = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SocketConnection.SetRecommendedClientOptions(left);
        await left.ConnectAsync(listener.LocalEndPoint!);
        return (left, await listener.AcceptAsync());
    }
}
