using System.Collections.ObjectModel;

namespace AITrader.Venues.Kite.Rest;

/// <summary>The instruments list: the rows that could be read, and what is to be said of the others.</summary>
public sealed class KiteInstrumentList : ReadOnlyCollection<KiteInstrument>
{
    private const int MaxProblems = 10;

    private KiteInstrumentList(IList<KiteInstrument> rows, long skipped, IReadOnlyList<string> problems)
        : base(rows) => (Skipped, Problems) = (skipped, problems);

    /// <summary>Rows that could not be read: an odd one costs only itself.</summary>
    public long Skipped { get; }

    /// <summary>What was wrong with the first of those, each with its line.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Reads a list line by line.</summary>
    /// <exception cref="FormatException">It has no such header, or no row of it can be read.</exception>
    public static async Task<KiteInstrumentList> ReadAsync(TextReader csv, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var header = KiteInstrumentsHeader.Parse(await csv.ReadLineAsync(ct));
        var (rows, skipped, problems) = (new List<KiteInstrument>(), 0L, new List<string>());
        for (var line = 2; await csv.ReadLineAsync(ct) is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (header.TryRead(text, out var row) is not { } problem)
            {
                rows.Add(row!);
                continue;
            }

            skipped++;
            if (problems.Count < MaxProblems)
            {
                problems.Add($"instruments line {line}: {problem}");
            }
        }

        return skipped == 0 || rows.Count > 0
            ? new KiteInstrumentList(rows, skipped, problems)
            : throw new FormatException($"no row can be read, as {problems[0]}");
    }
}
