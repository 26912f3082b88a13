using AITrader.MarketData.Diagnostics;

namespace AITrader.MarketData.Live;

/// <summary>Logs each kind of item that a source brings and that cannot be used, once. Safe from any thread.</summary>
internal sealed class LoggedOnce(string source, ILogger logger)
{
    /// <summary>More texts say nothing more; a source of nonsense must not fill the memory.</summary>
    private const int MaxTexts = 20;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>Logs a text.</summary>
    /// <returns>Whether it is new.</returns>
    public bool TryLog(string text)
    {
        lock (_texts)
        {
            if (_texts.Count == MaxTexts || !_texts.Add(text))
            {
                return false;
            }
        }

        logger.ItemSkipped(source, text);
        return true;
    }
}
