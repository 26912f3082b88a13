using System.Globalization;
using System.Text.RegularExpressions;
using AITrader.Cli.Commands.Arguments;

namespace AITrader.Cli.Commands.Replays;

/// <summary>A place in the replayed data: a fraction, a tick's number, a time on the day the data begins, or a date and time.</summary>
internal readonly partial record struct SeekTarget(double? Fraction, long? Seq, TimeSpan? TimeOfDay, DateTimeOffset? Time)
{
    /// <summary>Whether the target is a time only, which needs the day that the data begins on.</summary>
    public bool NeedsDay => TimeOfDay is not null;

    /// <summary>Parses a place; false where the text names none.</summary>
    public static bool TryParse(string text, out SeekTarget target)
    {
        target = default;
        if (Share().Match(text) is { Success: true } share)
        {
            target = new SeekTarget(double.Parse(share.Groups[1].ValueSpan, CultureInfo.InvariantCulture) / 100, null, null, null);
            return target.Fraction is >= 0 and <= 1;
        }

        if (Decimal().IsMatch(text))
        {
            target = new SeekTarget(double.Parse(text, CultureInfo.InvariantCulture), null, null, null);
            return target.Fraction is >= 0 and <= 1;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
        {
            target = new SeekTarget(null, seq, null, null);
        }
        else if (Clock().IsMatch(text))
        {
            var isTime = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var clock) && clock < TimeSpan.FromDays(1);
            target = new SeekTarget(null, null, clock, null);
            return isTime;
        }
        else if (UtcTimes.TryParse(text, out var time))
        {
            target = new SeekTarget(null, null, null, time);
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>The body of the request that moves the replay.</summary>
    /// <param name="from">When the data begins; needed only where <see cref="NeedsDay" /> is true.</param>
    public object ToBody(DateTimeOffset? from) =>
        this switch
        {
            { Fraction: { } fraction } => new { fraction },
            { Seq: { } seq } => new { seq },
            { TimeOfDay: { } clock } => new { time = new DateTimeOffset(from!.Value.UtcDateTime.Date + clock, TimeSpan.Zero) },
            _ => new { time = Time!.Value },
        };

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)%$")]
    private static partial Regex Share();

    [GeneratedRegex(@"^\d*\.\d+$")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^\d{1,2}:\d{2}(:\d{2}(\.\d{1,7})?)?$")]
    private static partial Regex Clock();
}
