using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AITrader.Domain.Bars;
using AITrader.Domain.Time;
using AITrader.Strategies.Data;

namespace AITrader.Strategies.Examples;

/// <summary>Buys a close above the range of the session's first minutes, and closes at a stop, at a target or before the session ends; one
/// trade a session and symbol. A session begins with the first bar of a UTC day.</summary>
public sealed class OpeningRange : Strategy<OpeningRange.Settings>
{
    private readonly Dictionary<BarFeed, Day> _days = [];

    /// <summary>Its options.</summary>
    public sealed class Settings
    {
        /// <summary>Minutes of the opening range.</summary>
        [Range(1, 600), Description("minutes of the opening range")]
        public int RangeMinutes { get; set; } = 15;

        /// <summary>Distance of the target from the entry, in heights of the range.</summary>
        [Range(0.1, 20.0), Description("distance of the target from the entry, in heights of the range")]
        public double Target { get; set; } = 2.0;

        /// <summary>Minutes from the first bar after which everything is closed.</summary>
        [Range(2, 1440), Description("minutes from the first bar after which everything is closed")]
        public int CloseAfterMinutes { get; set; } = 360;

        /// <summary>Part of the equity that all positions together take.</summary>
        [Range(0.01, 1.0), Description("part of the equity that all positions together take")]
        public decimal Weight { get; set; } = 0.95m;
    }

    /// <inheritdoc/>
    protected internal override void OnStart()
    {
        foreach (var symbol in Data.Symbols)
        {
            _days.Add(Data.Bars(symbol, TimeSpan.FromMinutes(1)), new Day());
        }
    }

    /// <inheritdoc/>
    protected internal override void OnBar(BarFeed feed, in Bar bar)
    {
        var day = _days[feed];
        var last = feed[0];
        if (EventTime.Session(bar.StartMicros) != EventTime.Session(day.StartMicros))
        {
            day.Begin(bar.StartMicros);
        }

        var minutes = (bar.EndMicros - day.StartMicros) / (60 * EventTime.MicrosPerSecond);
        if (minutes <= Options.RangeMinutes)
        {
            day.Widen(last.High, last.Low);
        }
        else if (Portfolio.PositionOf(feed.Symbol).Quantity != 0m)
        {
            Leave(feed, day, last.Close, minutes);
        }
        else if (!day.IsDone && minutes < Options.CloseAfterMinutes && last.Close > day.High)
        {
            day.Enter(last.Close + (Options.Target * (day.High - day.Low)));
            Orders.SetWeight(feed.Symbol, Options.Weight / Data.Symbols.Count, "breakout");
        }
    }

    private void Leave(BarFeed feed, Day day, double close, long minutes)
    {
        var why =
            close <= day.Low ? "stop"
            : close >= day.Target ? "target"
            : minutes >= Options.CloseAfterMinutes ? "end of session"
            : null;
        if (why is not null)
        {
            Orders.Close(feed.Symbol, why);
        }
    }

    private sealed class Day
    {
        internal long StartMicros { get; private set; } = long.MinValue;

        internal double High { get; private set; }

        internal double Low { get; private set; }

        internal double Target { get; private set; }

        internal bool IsDone { get; private set; }

        internal void Begin(long micros) => (StartMicros, High, Low, IsDone) = (micros, double.MinValue, double.MaxValue, false);

        internal void Widen(double high, double low) => (High, Low) = (Math.Max(High, high), Math.Min(Low, low));

        internal void Enter(double target) => (Target, IsDone) = (target, true);
    }
}
