using System.Globalization;

namespace AITrader.TestSupport;

/// <summary>Damages good contents at random, the same for the same seed. AITRADER_FUZZ_ITERATIONS and AITRADER_FUZZ_SEED make a run longer
/// or another.</summary>
public static class Mutations
{
    private const int DefaultIterations = 300;
    private const int DefaultSeed = 20_240_808;
    private const int MostEdits = 4;
    private const int LongestSlice = 64;

    /// <summary>Contents to try for each case.</summary>
    public static int Iterations { get; } = Setting("AITRADER_FUZZ_ITERATIONS", DefaultIterations);

    /// <summary>Start of the random numbers.</summary>
    public static int Seed { get; } = Setting("AITRADER_FUZZ_SEED", DefaultSeed);

    // What parsers of numbers, dates, CSV, JSON and lengths may trip over.
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "-",
            "+",
            ".",
            ",",
            ";",
            "\"",
            "\n",
            "\r\n",
            "\0",
            " ",
            "0",
            "-1",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "1e9",
            "NaN",
            "0.0000000001",
            "{",
            "}",
            "[",
            "]",
            "null",
            "\\u0000",
            "é",
            "2024-02-30",
            "24:00:00",
            "00000000",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF, 0xFF],
        [0, 0],
        [0xFF, 0xFF, 0xFF, 0xFF],
        [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    ];

    /// <summary>A damaged content: some bits, bytes or words changed, inserted, removed or repeated, cut off, or continued by another
    /// content.</summary>
    public static byte[] Of(byte[] good, IReadOnlyList<byte[]> others, Random random)
    {
        var bytes = new List<byte>(good);
        for (var edits = random.Next(1, MostEdits); edits > 0 && bytes.Count > 0; edits--)
        {
            Edit(bytes, others, random);
        }

        return [.. bytes];
    }

    private static void Edit(List<byte> bytes, IReadOnlyList<byte[]> others, Random random)
    {
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, LongestSlice), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                var other = others[random.Next(others.Count)];
                var from = random.Next(other.Length);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[from..]);
                break;
            case 6:
                var word = Words[random.Next(Words.Length)];
                for (var i = 0; i < word.Length && at + i < bytes.Count; i++)
                {
                    bytes[at + i] = word[i];
                }

                break;
            default:
                bytes.InsertRange(at, Words[random.Next(Words.Length)]);
                break;
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : otherwise;
}
