using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace AITrader.Signals.State;

/// <summary>A stored state with its version, length and checksum before it, so that a torn, rotten or foreign one is told apart before it
/// is read.</summary>
/// <remarks>Layout, little-endian: "ATSS", version, length of the state, CRC-32C (Castagnoli) of version, length and state; then the
/// state.</remarks>
public static class SealedState
{
    /// <summary>Bytes before the state.</summary>
    public const int HeaderBytes = 4 * sizeof(int);

    private const int Magic = 0x53535441;
    private const int LengthAt = 2 * sizeof(int);
    private const int ChecksumAt = 3 * sizeof(int);

    /// <summary>The state with its header, in memory of its own.</summary>
    public static ReadOnlyMemory<byte> Seal(int version, ReadOnlySpan<byte> state)
    {
        var bytes = new byte[HeaderBytes + state.Length];
        state.CopyTo(bytes.AsSpan(HeaderBytes));
        WriteHeader(version, bytes);
        return bytes;
    }

    /// <summary>Leaves room for the header of a state that is written next; returns where.</summary>
    public static int Begin(StateWriter writer)
    {
        var start = writer.Length;
        writer.Write(stackalloc byte[HeaderBytes]);
        return start;
    }

    /// <summary>Seals what was written since <see cref="Begin"/>.</summary>
    public static void Complete(int version, StateWriter writer, int start) => WriteHeader(version, writer.Since(start));

    /// <summary>The state of a sealed one.</summary>
    /// <exception cref="InvalidDataException">It is torn, changed, or of another version.</exception>
    public static ReadOnlySpan<byte> Open(int version, ReadOnlySpan<byte> sealedState)
    {
        var reader = new StateReader(sealedState);
        if (reader.ReadInt32() != Magic || reader.ReadInt32() is var found && found != version)
        {
            throw new InvalidDataException($"The state is not of version {version}.");
        }

        var length = reader.ReadInt32();
        var checksum = (uint)reader.ReadInt32();
        var state = sealedState[HeaderBytes..];
        return state.Length == length && Checksum(version, state) == checksum
            ? state
            : throw new InvalidDataException("The state was torn or changed: its checksum does not hold.");
    }

    private static void WriteHeader(int version, Span<byte> bytes)
    {
        var state = bytes[HeaderBytes..];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[sizeof(int)..], version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[LengthAt..], state.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Checksum(version, state));
    }

    private static uint Checksum(int version, ReadOnlySpan<byte> state)
    {
        var crc = BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, (uint)version), (uint)state.Length);
        var words = MemoryMarshal.Cast<byte, ulong>(state);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in state[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }
}
