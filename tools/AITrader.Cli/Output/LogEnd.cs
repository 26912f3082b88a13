namespace AITrader.Cli.Output;

/// <summary>The end of a log without stack traces and empty lines, for error messages.</summary>
internal static class LogEnd
{
    private const int Lines = 15;

    public static string Of(IEnumerable<string> log) =>
        string.Join(
            '\n',
            log.SelectMany(static line => line.Split('\n'))
                .Where(static line =>
                    line.Trim() is { Length: > 0 } text
                    && !text.StartsWith("at ", StringComparison.Ordinal)
                    && !text.StartsWith("--- End of", StringComparison.Ordinal)
                )
                .TakeLast(Lines)
        );
}
