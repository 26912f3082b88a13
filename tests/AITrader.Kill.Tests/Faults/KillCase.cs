using AITrader.Kill.Tests.Stack;

namespace AITrader.Kill.Tests.Faults;

/// <summary>One case: what is done, and when.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Seed">Of the suite.</param>
/// <param name="Delay">Time before the fault.</param>
/// <param name="Fault">The fault.</param>
internal sealed record KillCase(int Number, int Seed, TimeSpan Delay, Fault Fault)
{
    private static readonly TimeSpan LeaseLife = TimeSpan.FromSeconds(KillStack.LeaseSeconds);

    /// <summary>The case of a number: the same for the same seed, whatever other cases run. Every second one is at a step, and the steps
    /// take turns.</summary>
    public static KillCase Draw(int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var delay = TimeSpan.FromSeconds(random.NextDouble() * 2);
        var fault = number % 2 == 1 ? AtStep(OrderSteps.All[(number / 2) % OrderSteps.All.Count], random) : Anywhere(random);
        return new KillCase(number, seed, delay, fault);
    }

    private static Fault AtStep(string step, Random random) =>
        random.Next(3) > 0 ? new Fault.KillAtStep(step) : new Fault.FreezeAtStep(step, LeaseLife * (1.2 + random.NextDouble()));

    private static Fault Anywhere(Random random) =>
        random.Next(10) switch
        {
            0 => new Fault.Flush(),
            1 => new Fault.CutFile(random.Next(100, 20_000)),
            2 => OfTwo(random),
            _ => OfVictim(random),
        };

    // Two different ones: nobody starts a process that is being started.
    private static Fault.Both OfTwo(Random random)
    {
        var first = random.Next(KillStack.Victims.Count);
        var second = (first + random.Next(1, KillStack.Victims.Count)) % KillStack.Victims.Count;
        return new Fault.Both(Of(KillStack.Victims[first], random), Of(KillStack.Victims[second], random));
    }

    private static Fault OfVictim(Random random) => Of(KillStack.Victims[random.Next(KillStack.Victims.Count)], random);

    private static Fault Of(string victim, Random random) =>
        random.Next(3) > 0
            ? new Fault.Kill(victim, TimeSpan.FromSeconds(random.NextDouble() * 2))
            : new Fault.Freeze(victim, TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 9)));
}
