using AITrader.Hosting.Home;

namespace AITrader.Cli.Tests;

internal static class Records
{
    public static HostRecord Of(ProcessIdentity process, string run = "0123456789abcdef", Uri? service = null) =>
        new(
            process,
            run,
            service ?? new Uri("http://localhost:1"),
            "key",
            new Uri("http://localhost:15150"),
            "token",
            ["--Replay:Path=demo"]
        );
}
