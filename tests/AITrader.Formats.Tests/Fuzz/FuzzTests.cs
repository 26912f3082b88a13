using AITrader.Formats.Reading;
using AITrader.TestSupport;

namespace AITrader.Formats.Tests.Fuzz;

/// <summary>Whatever the bytes are, a reader gives items or one clear line. Longer runs: docs/testing.md.</summary>
public sealed class FuzzTests
{
    /// <summary>Buffers, tables of symbols and of 65,536 locates, a zip's list; and what a content may unpack to.</summary>
    private const long MostBytes = 16 * 1024 * 1024;

    private static readonly byte[][] Contents = [.. FuzzCases.All.Select(static reader => reader.Good)];

    public static TheoryData<string> Names => [.. FuzzCases.All.Select(static reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_contents_give_items_or_one_clear_line(string name)
    {
        var reader = FuzzCases.All.Single(reader => reader.Name == name);
        Assert.InRange(reader.Read(reader.Good), 1, long.MaxValue);

        var refused = 0;
        for (var i = 0; i < Mutations.Iterations; i++)
        {
            var seed = unchecked(Mutations.Seed + (i * 7_919) + name.Length);
            var content = Mutations.Of(reader.Good, Contents, new Random(seed));
            if (Try(reader, content) is not { } problem)
            {
                continue;
            }

            refused++;
            Assert.True(problem.Length == 0, $"{name}, seed {seed}: {problem}\n{Convert.ToBase64String(content)}");
        }

        Assert.InRange(refused, Mutations.Iterations / 10, Mutations.Iterations);
    }

    [Fact]
    public void Random_bytes_give_one_clear_line()
    {
        var random = new Random(Mutations.Seed);
        for (var i = 0; i < Mutations.Iterations; i++)
        {
            var bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            foreach (var reader in FuzzCases.All)
            {
                Assert.True(Try(reader, bytes) is "" or null, $"{reader.Name}: {Try(reader, bytes)}\n{Convert.ToBase64String(bytes)}");
            }
        }
    }

    /// <summary>Null where the content was read, empty where it was refused as it should be, else what is wrong.</summary>
    private static string? Try(FuzzCase reader, byte[] content)
    {
        // A bound of megabytes: what a collection charges besides does not matter here.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var problem = Outcome(reader, content);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated > MostBytes ? $"{allocated} bytes were allocated for a content of {content.Length}" : problem;
    }

    private static string? Outcome(FuzzCase reader, byte[] content)
    {
        try
        {
            return reader.Read(content) >= 0 ? null : "";
        }
        catch (MarketDataException refusal)
        {
            return
                refusal.Field.Length > 0
                && refusal.Problem.Length > 0
                && refusal.Line >= 0
                && refusal.Message.All(static c => c is >= ' ' and <= '~')
                ? ""
                : $"not a clear line: {refusal.Message}";
        }
#pragma warning disable CA1031 // Any other exception is what this test looks for.
        catch (Exception crash)
#pragma warning restore CA1031
        {
            return crash.ToString();
        }
    }
}
