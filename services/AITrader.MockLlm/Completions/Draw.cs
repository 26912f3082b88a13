using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AITrader.MockLlm.Completions;

/// <summary>Pseudo-random numbers that depend only on the request, or a name, and the seed.</summary>
internal sealed class Draw
{
    private const char Separator = '\u001f';

    private readonly byte[] _key;
    private int _drawn;

    private Draw(byte[] key) => _key = key;

    /// <summary>Identifies the request; part of the id of the answer.</summary>
    public string Name => Convert.ToHexStringLower(_key.AsSpan(0, 12));

    public static Draw From(int seed, CompletionRequest request)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{seed}{Separator}{request.Seed}{Separator}{request.Model}{Separator}{request.Format}");
        foreach (var message in request.Messages)
        {
            text.Append(Separator).Append(message.Role).Append(Separator).Append(message.Content);
        }

        return new Draw(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Numbers of a thing by its name.</summary>
    public static Draw Of(int seed, string name) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}{Separator}{name}"))));

    /// <summary>A number from zero up to but not including the limit.</summary>
    public int Next(int limit) => (int)(NextBits() % (ulong)limit);

    /// <summary>A number in [0, 1] with two decimals.</summary>
    public double NextFraction() => Next(101) / 100.0;

    private ulong NextBits()
    {
        Span<byte> input = stackalloc byte[36];
        Span<byte> output = stackalloc byte[32];
        _key.CopyTo(input);
        BinaryPrimitives.WriteInt32BigEndian(input[32..], _drawn++);
        SHA256.HashData(input, output);
        return BinaryPrimitives.ReadUInt64BigEndian(output);
    }
}
