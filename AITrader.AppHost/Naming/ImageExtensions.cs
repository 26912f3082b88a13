namespace AITrader.AppHost.Naming;

/// <summary>The names of this solution's images: those that <c>dotnet publish -t:PublishContainer</c> gives them
/// (Directory.Build.props).</summary>
internal static class ImageExtensions
{
    private const string Repository = "aitrader";

    /// <summary>The version of the whole solution: of its programs, its images and its chart.</summary>
    public static string Version { get; } = typeof(ImageExtensions).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>Sets the image that a published resource runs.</summary>
    public static IResourceBuilder<T> WithImageName<T>(this IResourceBuilder<T> resource, string name)
        where T : IComputeResource => resource.WithRemoteImageName($"{Repository}/{name}").WithRemoteImageTag(Version);
}
