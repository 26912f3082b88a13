namespace AITrader.Venues.Kite.Live;

/// <summary>What became of a reported volume.</summary>
internal enum VolumeStep
{
    /// <summary>It is the first, or goes on from the last.</summary>
    On,

    /// <summary>It lies below the last, or is missing: nothing was traded.</summary>
    Back,

    /// <summary>The lower ones are believed from now on; what was traded meanwhile is not known.</summary>
    Believed,
}

/// <summary>An instrument's volume of the day, as packets report it, and what was traded between two of them.</summary>
/// <remarks>
/// A day's volume only grows. One that steps back is that of an older packet, a correction or an error, and 0 where there was trading is
/// none at all: no trade, and the highest one stays. Only a run of lower
/// ones is believed, as the highest may have been the error. A new day begins with nothing traded, so that its first volume is the
/// quantity; until then yesterday's may still be reported.
/// </remarks>
internal struct DayVolume
{
    private const int LowerRun = 10;

    private bool _isKnown;
    private uint _volume;
    private int _day;
    private uint _lowerLast;
    private int _lower;

    /// <summary>Takes the next volume.</summary>
    /// <param name="reported">The volume.</param>
    /// <param name="day">Number of the day that it belongs to; 0 where that is not known.</param>
    /// <param name="step">What became of it.</param>
    /// <returns>Quantity traded since the last one.</returns>
    public uint Take(uint reported, int day, out VolumeStep step)
    {
        step = VolumeStep.On;
        if (!_isKnown)
        {
            Keep(reported, day);
            return 0;
        }

        // Yesterday's volume, reported until the first trade of today, is not today's.
        if (_day > 0 && day > _day && reported != _volume)
        {
            Keep(reported, day);
            return reported;
        }

        if (reported >= _volume)
        {
            var traded = reported - _volume;
            Keep(reported, _day > 0 ? _day : day);
            return traded;
        }

        step = Lower(reported);
        return 0;
    }

    private VolumeStep Lower(uint reported)
    {
        if (reported == 0)
        {
            return VolumeStep.Back;
        }

        _lower = reported >= _lowerLast ? _lower + 1 : 1;
        _lowerLast = reported;
        if (_lower < LowerRun)
        {
            return VolumeStep.Back;
        }

        Keep(reported, _day);
        return VolumeStep.Believed;
    }

    private void Keep(uint reported, int day) => (_isKnown, _volume, _day, _lower, _lowerLast) = (true, reported, day, 0, 0);
}
