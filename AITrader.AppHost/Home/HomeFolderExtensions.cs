using System.Security.Cryptography;
using System.Text;
using AITrader.Hosting.Home;

namespace AITrader.AppHost.Home;

/// <summary>Finds the home folder of this host and the volumes that belong to it.</summary>
internal static class HomeFolderExtensions
{
    public static HomeFolder Home(this IDistributedApplicationBuilder builder) =>
        HomeFolder.Of(builder.Configuration[HomeFolder.Setting], builder.Repository());

    /// <summary>The volume in which a server's container keeps its data. All home folders share the engine's volumes, so the name
    /// tells to which one it belongs.</summary>
    public static string DataVolume(this IDistributedApplicationBuilder builder, string resource) =>
        builder.ExecutionContext.IsPublishMode
            ? $"{resource}-data"
            : $"aitrader-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(builder.Home().Root)))[..8]}-{resource}-data";

    public static string Repository(this IDistributedApplicationBuilder builder) => Path.GetFullPath("..", builder.AppHostDirectory);
}
