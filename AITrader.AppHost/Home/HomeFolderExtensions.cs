using System.Security.Cryptography;
using System.Text;
using AITrader.Hosting.Home;

namespace AITrader.AppHost.Home;

/// <summary>The home folder of this host.</summary>
internal static class HomeFolderExtensions
{
    public static HomeFolder Home(this IDistributedApplicationBuilder builder) =>
        HomeFolder.Of(builder.Configuration[HomeFolder.Setting], builder.Repository());

    /// <summary>The volume in which a server's container keeps its data. Volumes are the engine's, so the name says whose home it belongs
    /// to; a cluster has its own.</summary>
    public static string DataVolume(this IDistributedApplicationBuilder builder, string resource) =>
        builder.ExecutionContext.IsPublishMode
            ? $"{resource}-data"
            : $"aitrader-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(builder.Home().Root)))[..8]}-{resource}-data";

    public static string Repository(this IDistributedApplicationBuilder builder) => Path.GetFullPath("..", builder.AppHostDirectory);
}
