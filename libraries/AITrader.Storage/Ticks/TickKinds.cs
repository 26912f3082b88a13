using AITrader.Domain.Ticks;

namespace AITrader.Storage.Ticks;

/// <summary>Letters of tick kinds in the database.</summary>
internal static class TickKinds
{
    private const char Trade = 'T';
    private const char Quote = 'Q';

    public static char ToLetter(TickKind kind) => kind == TickKind.Trade ? Trade : Quote;

    public static TickKind FromLetter(char letter) => letter == Trade ? TickKind.Trade : TickKind.Quote;
}
