namespace AITrader.Formats.Reading;

/// <summary>A market-data file cannot be used. The message is meant for its user: <c>file:line: field: problem</c>, or <c>file: problem</c>
/// of the file as a whole.</summary>
public sealed class MarketDataException : Exception
{
    /// <summary>Names the place and the problem.</summary>
    public MarketDataException(string file, long line, string field, string problem, Exception? cause = null)
        : base(line == 0 ? $"{file}: {problem}" : string.Create(null, $"{file}:{line}: {field}: {problem}"), cause)
    {
        File = file;
        Line = line;
        Field = field;
        Problem = problem;
    }

    /// <summary>File as the user named it.</summary>
    public string File { get; }

    /// <summary>Line, from 1; 0 where the file as a whole is meant.</summary>
    public long Line { get; }

    /// <summary>Field, column, or part of the format.</summary>
    public string Field { get; }

    /// <summary>What is wrong with it.</summary>
    public string Problem { get; }
}
