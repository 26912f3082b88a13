using AITrader.Containers.Tests.Engine;
using AITrader.TestSupport.Servers;

namespace AITrader.Containers.Tests.Images;

/// <summary>The images of Redis and PostgreSQL that the AppHost names: those of the engine or its registry, else made of this machine's
/// programs.</summary>
public sealed class ServerImages : IAsyncLifetime
{
    /// <summary>Of the tests that use them: one after another, while they are here.</summary>
    public const string Collection = "server images";

    private const int Account = 999;
    private const string Accounts = "root:x:0:0:root:/:/sbin/nologin\nredis:x:999:999::/data:/sbin/nologin\n";

    // The others are somebody's.
    private readonly List<string> _made = [];

    public async ValueTask InitializeAsync()
    {
        await DockerEngine.RequireAsync();
        foreach (
            var (image, make) in new (string, Func<Task>)[]
            {
                (ServerImage.Redis, MakeRedisAsync),
                (ServerImage.Postgres, MakePostgresAsync),
            }
        )
        {
            if (!await DockerEngine.HasImageAsync(image) && !await DockerEngine.PullAsync(image))
            {
                await make();
                _made.Add(image);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in _made)
        {
            await DockerEngine.RunAsync("rmi", "--force", image);
        }
    }

    private static async Task MakeRedisAsync()
    {
        var folder = Root().AddFolder("/data", Account);
        await folder.AddProgramsAsync("/bin/sh", Require("/usr/bin/redis-server"));
        await ImportAsync(folder, ServerImage.Redis, "WORKDIR /data", "VOLUME /data", "USER redis", "CMD [\"redis-server\"]");
    }

    // As the vendor's image does it: the cluster is made at the first start, with the password of the variable.
    private static async Task MakePostgresAsync()
    {
        var home = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last();
        var share = $"/usr/share/postgresql/{Path.GetFileName(home)}";
        var folder = Root()
            .AddText("/etc/passwd", Accounts.Replace("redis", "postgres", StringComparison.Ordinal))
            .AddFolder("/var/lib/postgresql/data", Account, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
            .AddFolder("/var/run/postgresql", Account)
            .AddTree(Path.Combine(home, "lib"))
            .AddTree(share)
            .AddTree("/usr/share/zoneinfo")
            .AddTree("/usr/lib/locale/C.utf8")
            .AddScript(
                "/usr/bin/start-postgres",
                $"""
                #!/bin/sh
                set -e
                if [ ! -f "$PGDATA/PG_VERSION" ]; then
                    printf %s "$POSTGRES_PASSWORD" >/tmp/password
                    {home}/bin/initdb --username "$POSTGRES_USER" --pwfile /tmp/password $POSTGRES_INITDB_ARGS
                    echo "host all all all $POSTGRES_HOST_AUTH_METHOD" >>"$PGDATA/pg_hba.conf"
                fi
                exec {home}/bin/postgres -c listen_addresses='*' "$@"
                """
            );
        await folder.AddProgramsAsync("/bin/sh", Require($"{home}/bin/postgres"), $"{home}/bin/initdb");
        await ImportAsync(
            folder,
            ServerImage.Postgres,
            "ENV PGDATA=/var/lib/postgresql/data",
            "VOLUME /var/lib/postgresql/data",
            "USER postgres",
            "ENTRYPOINT [\"/usr/bin/start-postgres\"]"
        );
    }

    private static RootFolder Root() =>
        new RootFolder().AddText("/etc/passwd", Accounts).AddText("/etc/group", "root:x:0:\nservers:x:999:\n");

    private static string Require(string program)
    {
        Assert.SkipUnless(File.Exists(program), $"there is no image to be had, and no {program} to make one of");
        return program;
    }

    private static async Task ImportAsync(RootFolder folder, string image, params IEnumerable<string> changes)
    {
        var archive = Path.GetTempFileName();
        try
        {
            await using (var tar = File.Create(archive))
            {
                await folder.WriteAsync(tar);
            }

            await DockerEngine.RunAsync(["import", .. changes.SelectMany(static change => new[] { "--change", change }), archive, image]);
        }
        finally
        {
            File.Delete(archive);
        }
    }
}

[CollectionDefinition(ServerImages.Collection)]
public sealed class WithServerImages : ICollectionFixture<ServerImages>;
