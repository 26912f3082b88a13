using AITrader.ExecutionEngine.Brokers.Parts;

namespace AITrader.ExecutionEngine.Tests.Brokers;

/// <summary>A crash at one step, the nth time that it is reached: everything that was not stored is lost, and the session begins
/// anew.</summary>
internal sealed class CrashingProbe(string step, int time = 1) : IOrderPathProbe
{
    private int _reached;

    public bool HasCrashed => Volatile.Read(ref _reached) >= time;

    public Task ReachedAsync(string reached, CancellationToken ct) =>
        reached == step && Interlocked.Increment(ref _reached) == time
            ? Task.FromException(new IOException($"crashed at {step} on purpose"))
            : Task.CompletedTask;
}
