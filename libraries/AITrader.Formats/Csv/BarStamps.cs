namespace AITrader.Formats.Csv;

/// <summary>What a mapping says of the times of bars.</summary>
internal static class BarStamps
{
    /// <summary>Interval of a bar's stamp. A daily bar has the local day of its stamp; stamped with its end, the day before that
    /// moment.</summary>
    internal static (long Start, long End) IntervalOf(this CsvMapping mapping, long stamp)
    {
        if (mapping.Period > TimeSpan.Zero)
        {
            var length = mapping.Period.Ticks / TimeSpan.TicksPerMicrosecond;
            return mapping.IsEndStamped ? (stamp - length, stamp) : (stamp, stamp + length);
        }

        var clock = mapping.Time.Clock;
        var day = clock.DateOf(mapping.IsEndStamped ? stamp - 1 : stamp);
        return (clock.StartOf(day), clock.StartOf(day.AddDays(1)));
    }
}
