using System.Security.Cryptography;
using System.Text;

namespace AITrader.Domain.Ids;

/// <summary>Name-based UUIDs (RFC 9562, version 5), so that the same input gives the same id at every replay and every
/// redelivery.</summary>
public static class DeterministicId
{
    private const int UuidBytes = 16;

    /// <summary>Namespace of every id that AITrader derives.</summary>
    private static readonly Guid Root = new("6f1d3f0a-5f0e-5c5e-9d0c-a17a4de20001");

    /// <summary>Id of a signal: one per tick and pattern.</summary>
    public static Guid Signal(string tickId, string pattern) => Create("signal", $"{tickId}/{pattern}");

    /// <summary>Id of the one decision that a signal can lead to.</summary>
    public static Guid Decision(Guid signalId) => Create("decision", signalId.ToString("D"));

    /// <summary>Client order id of the one order that a decision can lead to; also the order's id.</summary>
    public static Guid Order(Guid decisionId) => Create("order", decisionId.ToString("D"));

    /// <summary>Id of an order, or a group of orders, that belongs to another order.</summary>
    public static Guid Leg(Guid orderId, string leg) => Create("leg", $"{orderId:D}/{leg}");

    /// <summary>Execution id of a simulated fill: one per order, tick and ordinal within that tick.</summary>
    public static Guid Execution(Guid orderId, string tickId, int ordinal) =>
        Create("execution", string.Create(null, $"{orderId:D}/{tickId}/{ordinal}"));

    /// <summary>Version-5 UUID of <paramref name="name"/> within the AITrader namespace and <paramref name="kind"/>.</summary>
    public static Guid Create(string kind, string name)
    {
        var text = Encoding.UTF8.GetBytes($"{kind}:{name}");
        Span<byte> input = stackalloc byte[UuidBytes + text.Length > 256 ? 0 : UuidBytes + text.Length];
        if (input.IsEmpty)
        {
            input = new byte[UuidBytes + text.Length];
        }

        Root.TryWriteBytes(input, bigEndian: true, out _);
        text.CopyTo(input[UuidBytes..]);

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 defines version 5 by SHA-1; nothing secret rests on it.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..UuidBytes], bigEndian: true);
    }
}
