using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>A symbol's last trade prices, and the channel of the lookback that ended before the last of them. For one thread.</summary>
/// <remarks>
/// A price enters the channel when the next one comes, so the channel is always that before the last trade, and a tick writes one place of
/// the ring and no more. The ring and the
/// ends of blocks (see <see cref="BlockExtremes"/>) lie in a slab, without headers and bounds to read from other cache lines:
/// <see cref="FusedPeriods"/> has their lengths.
/// </remarks>
internal readonly struct ChannelWindow(PinnedRoom room, FusedPeriods periods)
{
    internal static int Bytes(FusedPeriods periods) =>
        checked((periods.RingLength * sizeof(double)) + (periods.Lookback * Unsafe.SizeOf<Vector128<double>>()));

    private Span<double> Ring => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, double>(ref room.Start), periods.RingLength);

    private Span<Vector128<double>> Ends =>
        MemoryMarshal.CreateSpan(
            ref Unsafe.As<byte, Vector128<double>>(ref Unsafe.AddByteOffset(ref room.Start, (nint)periods.RingLength * sizeof(double))),
            periods.Lookback
        );

    internal void Begin(ref FusedState state)
    {
        state.BlockStart = BlockExtremes.Nothing;
        Ends.Fill(BlockExtremes.Nothing);
    }

    /// <summary>Takes the price of the trade that is about to be counted.</summary>
    internal void Push(ref FusedState state, double price)
    {
        var ring = Ring;
        if (state.Trades > 0)
        {
            state.BlockStart = Vector128.MaxNative(state.BlockStart, BlockExtremes.Of(state.Last));
            if (++state.BlockPosition == periods.Lookback)
            {
                Close(ref state);
            }
        }

        ring[(int)state.Trades & (ring.Length - 1)] = price;
    }

    /// <summary>Prefetches the two places that the next trade will touch.</summary>
    internal void Prefetch(in FusedState state)
    {
        var ring = (nint)periods.RingLength;
        Indicators.Prefetch.Lines(ref Unsafe.AddByteOffset(ref room.Start, ((nint)state.Trades & (ring - 1)) * sizeof(double)), 1);
        Indicators.Prefetch.Lines(
            ref Unsafe.AddByteOffset(
                ref room.Start,
                (ring * sizeof(double)) + ((nint)state.BlockPosition * Unsafe.SizeOf<Vector128<double>>())
            ),
            1
        );
    }

    /// <summary>(high, -low) of the lookback that ended before the last trade.</summary>
    internal Vector128<double> Extremes(in FusedState state) =>
        state.Trades < 2 ? Vector128<double>.Zero : Vector128.MaxNative(state.BlockStart, Ends[state.BlockPosition]);

    internal int CopyLast(in FusedState state, Span<double> target)
    {
        var ring = Ring;
        var length = (int)Math.Min(Math.Min(target.Length, ring.Length), state.Trades);
        for (var i = 0; i < length; i++)
        {
            target[i] = ring[(int)(state.Trades - length + i) & (ring.Length - 1)];
        }

        return length;
    }

    internal void Save(in FusedState state, StateWriter writer)
    {
        var ring = Ring;
        for (var i = state.Trades - Held(state); i < state.Trades; i++)
        {
            writer.Write(ring[(int)i & (ring.Length - 1)]);
        }
    }

    internal void Load(in FusedState state, ref StateReader reader)
    {
        if (state.Trades < 0 || state.BlockPosition < 0 || state.BlockPosition >= periods.Lookback || state.BlockPosition > state.Trades)
        {
            throw new InvalidDataException("The state's window makes no sense.");
        }

        var ring = Ring;
        for (var i = state.Trades - Held(state); i < state.Trades; i++)
        {
            ring[(int)i & (ring.Length - 1)] = reader.ReadDouble();
        }

        // Of the block before, only what is still in the channel will be read, and the ring holds that.
        var ends = Ends;
        ends.Fill(BlockExtremes.Nothing);
        var blockBegan = state.Trades - 1 - state.BlockPosition;
        if (blockBegan >= periods.Lookback)
        {
            BlockExtremes.Close(ring, blockBegan, ends[state.BlockPosition..]);
        }
    }

    private long Held(in FusedState state) => Math.Min(state.Trades, Ring.Length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Close(ref FusedState state)
    {
        BlockExtremes.Close(Ring, state.Trades, Ends);
        state.BlockStart = BlockExtremes.Nothing;
        state.BlockPosition = 0;
    }
}
