using System.Security.Cryptography;
using AITrader.Hosting.Home;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.AppHost.Home;

/// <summary>Claims the home folder for this host and leaves there, readable by its owner only, how <c>./aitrader</c> can reach
/// it.</summary>
/// <remarks>A host without Aspire's resource service, such as one under test, cannot be reached and claims nothing.</remarks>
internal sealed class HostPresence(HomeFolder home, HomeLock homeLock) : IDisposable
{
    private const int RunNameLength = 16;

    /// <summary>Claims the folder before anything starts.</summary>
    /// <exception cref="DistributedApplicationException">Another host uses the folder, or it cannot be used.</exception>
    public static async Task<HostPresence?> AnnounceAsync(IDistributedApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        if (
            !builder.ExecutionContext.IsRunMode
            || settings["AppHost:ResourceService:AuthMode"] is null
            || settings.GetValue<Uri>("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL") is not { } resourceService
        )
        {
            return null;
        }

        var home = builder.Home();
        var presence = new HostPresence(home, await ClaimAsync(home));
        var record = new HostRecord(
            ProcessIdentity.Current,
            RandomNumberGenerator.GetHexString(RunNameLength, lowercase: true),
            resourceService,
            settings["AppHost:ResourceService:ApiKey"],
            DashboardOf(settings["ASPNETCORE_URLS"]),
            settings["AppHost:BrowserToken"],
            [.. Environment.GetCommandLineArgs().Skip(1)]
        );

        // Inherited by every process that is started, so that those which a crash leaves behind can be recognized.
        Environment.SetEnvironmentVariable(HostRecord.RunVariable, record.Run);
        await record.WriteAsync(home, CancellationToken.None);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<ResourceLogFiles>(services, home));
        return presence;
    }

    public void Dispose()
    {
        HostRecord.Delete(home);
        homeLock.Dispose();
    }

    private static async Task<HomeLock> ClaimAsync(HomeFolder home)
    {
        try
        {
            await home.CreateAsync(CancellationToken.None);
        }
        catch (HomeFolderException refusal)
        {
            throw new DistributedApplicationException(refusal.Message, refusal);
        }

        return HomeLock.TryTake(home)
            ?? throw new DistributedApplicationException(
                $"Another AITrader runs on {home.Root}. `./aitrader status` shows it, `./aitrader down` stops it; {HomeFolder.Setting} names another folder."
            );
    }

    private static Uri? DashboardOf(string? urls) =>
        Uri.TryCreate(urls?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(), UriKind.Absolute, out var first)
            ? first
            : null;
}
