using AITrader.Hosting.Home;

namespace AITrader.AppHost;

/// <summary>The home folder of this host.</summary>
internal static class HomeFolderExtensions
{
    public static HomeFolder Home(this IDistributedApplicationBuilder builder) =>
        HomeFolder.Of(builder.Configuration[HomeFolder.Setting], builder.Repository());

    public static string Repository(this IDistributedApplicationBuilder builder) => Path.GetFullPath("..", builder.AppHostDirectory);
}
