using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using AITrader.Containers.Tests.Engine;
using Microsoft.AspNetCore.Builder;

namespace AITrader.Containers.Tests.Images;

/// <summary>What Microsoft's ASP.NET image is to a service, made of this machine's runtime and of the libraries that it loads.</summary>
internal static partial class DotnetImage
{
    private const int Account = 1654;

    public static async Task<RootFolder> MakeAsync()
    {
        var runtime = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        var root = runtime.Parent!.Parent!.Parent!.FullName;
        var image = new RootFolder()
            .AddLink("/usr/bin/dotnet", Path.Combine(root, "dotnet"))
            .AddTree(Path.Combine(root, "host", "fxr"))
            .AddTree(runtime.FullName)
            .AddTree(Path.GetDirectoryName(typeof(WebApplication).Assembly.Location)!)
            .AddText("/etc/passwd", $"root:x:0:0:root:/:/sbin/nologin\napp:x:{Account}:{Account}::/tmp:/sbin/nologin\n")
            .AddText("/etc/group", $"root:x:0:\napp:x:{Account}:\n")
            .AddText("/etc/nsswitch.conf", "hosts: files dns\n");
        await image.AddProgramsAsync([
            Path.Combine(root, "dotnet"),
            .. Directory.GetFiles(runtime.FullName, "*.so"),
            .. await LoadedLaterAsync(),
        ]);
        return image;
    }

    // Not named by any library, but opened when first wanted.
    private static async Task<IEnumerable<string>> LoadedLaterAsync() =>
        Loadable().Matches(await Commands.RunAsync("/sbin/ldconfig", "-p")).Select(static match => match.Groups["path"].Value);

    [GeneratedRegex(@"lib(ssl|crypto|nss_files|nss_dns|resolv)\.so\.\d+ .*x86-64.* => (?<path>\S+)")]
    private static partial Regex Loadable();
}
