using System.Globalization;

namespace AITrader.Kill.Tests.Faults;

/// <summary>What is done to the system.</summary>
internal abstract record Fault
{
    /// <summary>The process that it is done to; null where that is found out when it happens.</summary>
    public virtual string? Target => null;

    /// <summary>Kills a process (SIGKILL) and starts it again a moment later.</summary>
    public sealed record Kill(string Victim, TimeSpan Pause) : Fault
    {
        public override string Target => Victim;

        public override string ToString() => Text($"kill {Victim}, again after {Pause.TotalSeconds:0.0} s");
    }

    /// <summary>Stops a process (SIGSTOP) and lets it go on (SIGCONT).</summary>
    public sealed record Freeze(string Victim, TimeSpan Length) : Fault
    {
        public override string Target => Victim;

        public override string ToString() => Text($"freeze {Victim} for {Length.TotalSeconds:0.0} s");
    }

    /// <summary>Kills whichever execution engine reaches a step of an order's way.</summary>
    public sealed record KillAtStep(string Step) : Fault
    {
        public override string ToString() => $"kill execution-engine at {Step}";
    }

    /// <summary>Freezes it there for longer than its lease lives: another one takes over, and this one goes on as if nothing had been.
    /// </summary>
    public sealed record FreezeAtStep(string Step, TimeSpan Length) : Fault
    {
        public override string ToString() => Text($"freeze execution-engine at {Step} for {Length.TotalSeconds:0.0} s");
    }

    /// <summary>Redis loses everything while all are connected.</summary>
    public sealed record Flush : Fault
    {
        public override string ToString() => "FLUSHALL";
    }

    /// <summary>Redis is killed, and the end of its file is gone.</summary>
    public sealed record CutFile(int Bytes) : Fault
    {
        public override string ToString() => Text($"kill redis and cut {Bytes} bytes off its file");
    }

    /// <summary>Two at once.</summary>
    public sealed record Both(Fault First, Fault Second) : Fault
    {
        public override string ToString() => $"{First}; {Second}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
