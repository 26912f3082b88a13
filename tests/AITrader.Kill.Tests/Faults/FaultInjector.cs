using System.Diagnostics;
using AITrader.Kill.Tests.Stack;

namespace AITrader.Kill.Tests.Faults;

/// <summary>Does to a stack what a case asks for.</summary>
internal sealed class FaultInjector(KillStack stack)
{
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(45);

    /// <summary>When the fault was there: at a step, not when it was waited for.</summary>
    public long StruckAt { get; private set; }

    /// <summary>Returns when everything runs again.</summary>
    public Task InjectAsync(Fault fault, CancellationToken ct)
    {
        StruckAt = TimeProvider.System.GetTimestamp();
        return ActAsync(fault, ct);
    }

    private Task ActAsync(Fault fault, CancellationToken ct) =>
        fault switch
        {
            Fault.Kill kill => KillAsync(kill, ct),
            Fault.Freeze freeze => FreezeAsync(freeze, ct),
            Fault.KillAtStep at => AtStepAsync(at.Step, (name, _) => KillStoppedAsync(name), ct),
            Fault.FreezeAtStep at => AtStepAsync(at.Step, (name, token) => FreezeStoppedAsync(name, at.Length, token), ct),
            Fault.Flush => stack.Redis.EmptyAsync(),
            Fault.CutFile cut => CutAsync(cut.Bytes),
            Fault.Both both => Task.WhenAll(ActAsync(both.First, ct), ActAsync(both.Second, ct)),
            _ => throw new UnreachableException($"{fault}"),
        };

    private async Task KillAsync(Fault.Kill kill, CancellationToken ct)
    {
        await stack.KillAsync(kill.Victim);
        await Task.Delay(kill.Pause, ct);
        await stack.StartAgainAsync(kill.Victim);
    }

    private async Task FreezeAsync(Fault.Freeze freeze, CancellationToken ct)
    {
        stack.Freeze(freeze.Victim);
        await Task.Delay(freeze.Length, ct);
        stack.Thaw(freeze.Victim);
    }

    private async Task AtStepAsync(string step, Func<string, CancellationToken, Task> act, CancellationToken ct)
    {
        await stack.AskToStopAtAsync(step, ct);
        var begun = TimeProvider.System.GetTimestamp();
        string? stopped;
        while ((stopped = stack.StoppedAt(step)) is null)
        {
            if (TimeProvider.System.GetElapsedTime(begun) > StepLimit)
            {
                throw new StepNotReachedException(step);
            }

            await Task.Delay(10, ct);
        }

        StruckAt = TimeProvider.System.GetTimestamp();
        await act(stopped, ct);
    }

    private async Task KillStoppedAsync(string name)
    {
        await stack.KillAsync(name);
        stack.Release();
        await stack.StartAgainAsync(name);
    }

    // When it goes on, it is past the step at once, and has not yet noticed that another one has its lease.
    private async Task FreezeStoppedAsync(string name, TimeSpan length, CancellationToken ct)
    {
        stack.Freeze(name);
        await Task.Delay(length, ct);
        stack.Release();
        stack.Thaw(name);
    }

    private async Task CutAsync(int bytes)
    {
        await stack.Redis.KillAsync();
        stack.Redis.CutFile(bytes);
        await stack.Redis.StartAgainAsync();
    }
}

/// <summary>No process came to the step: the orders that lead there were not taken.</summary>
internal sealed class StepNotReachedException(string step) : Exception($"no execution engine reached {step}");
