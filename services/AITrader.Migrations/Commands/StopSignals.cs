using System.Runtime.InteropServices;

namespace AITrader.Migrations.Commands;

/// <summary>Turns Ctrl-C and SIGTERM into a cancellation, because no running host does.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public CancellationToken Token => _source.Token;

    public static StopSignals Register()
    {
        var signals = new StopSignals();
        signals._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signals.Stop));
        signals._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signals.Stop));
        return signals;
    }

    public void Dispose()
    {
        _registrations.ForEach(static registration => registration.Dispose());
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _source.Cancel();
    }
}
