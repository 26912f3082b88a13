using AITrader.ServiceDefaults.Supervision;

namespace AITrader.Backend.Auth;

/// <summary>Makes the administrator as soon as the database answers.</summary>
internal sealed class AdministratorSetup(Supervisor supervisor, Administrator administrator) : SupervisedService(supervisor)
{
    protected override async Task RunAsync(CancellationToken stoppingToken) => await administrator.EnsureAsync(stoppingToken);
}
