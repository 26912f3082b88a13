using AITrader.Hosting.Home;

namespace AITrader.Cli.Tests.Home;

public sealed class HomeFolderTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryHome _temporary = new();

    private HomeFolder Home => _temporary.Home;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task All_of_it_is_its_owners_only()
    {
        await Home.CreateAsync(Ct);
        await using (PrivateFiles.Open(Home.HostLog, FileMode.Create)) { }

        await PrivateFiles.WriteAsync(Path.Combine(Home.Run, "x.json"), "{}", Ct);

        Assert.All([Home.Root, .. Directory.GetDirectories(Home.Root)], static folder =>
            Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder))
        );
        Assert.All(Directory.GetFiles(Home.Root, "*", SearchOption.AllDirectories), static file =>
            Assert.Equal(Owner, File.GetUnixFileMode(file))
        );
    }

    [Fact]
    public async Task A_folder_that_was_open_to_others_is_closed()
    {
        Directory.CreateDirectory(Home.Root);
        File.SetUnixFileMode(Home.Root, Owner | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        await Home.CreateAsync(Ct);

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Home.Root));
    }

    [Fact]
    public async Task A_folder_with_other_things_is_not_taken()
    {
        Directory.CreateDirectory(Home.Root);
        await File.WriteAllTextAsync(Path.Combine(Home.Root, "thesis.txt"), "years of work", Ct);

        var refusal = await Assert.ThrowsAsync<HomeFolderException>(() => Home.CreateAsync(Ct));

        Assert.Contains("AITRADER_HOME", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Home.Run));
    }

    [Fact]
    public async Task A_file_in_its_place_is_refused()
    {
        await File.WriteAllTextAsync(Home.Root, "a file", Ct);

        await Assert.ThrowsAsync<HomeFolderException>(() => Home.CreateAsync(Ct));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("data")]
    public async Task Nothing_is_deleted_without_the_marker(string part)
    {
        var file = Path.Combine(Home.Root, part, "thesis.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "years of work", Ct);

        Assert.Throws<HomeFolderException>(Home.Clear);

        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Only_what_is_ours_is_deleted_and_links_are_not_followed()
    {
        await Home.CreateAsync(Ct);
        var outside = _temporary.Write("outside/kept.txt", "kept");
        Directory.CreateDirectory(Home.DataOf("redis"));
        File.CreateSymbolicLink(Home.DataOf("postgres"), Path.GetDirectoryName(outside)!);
        var note = Path.Combine(Home.Root, "note.txt");
        await File.WriteAllTextAsync(note, "mine", Ct);

        Home.Clear();

        Assert.False(Directory.Exists(Home.DataOf(string.Empty)));
        Assert.False(Directory.Exists(Home.Run));
        Assert.True(File.Exists(note));
        Assert.True(File.Exists(outside));
    }

    [Fact]
    public void Clearing_what_is_not_there_is_nothing() => Home.Clear();

    [Fact]
    public async Task One_host_at_a_time_has_the_lock()
    {
        await Home.CreateAsync(Ct);
        using (var first = HomeLock.TryTake(Home))
        {
            Assert.NotNull(first);
            Assert.Null(HomeLock.TryTake(Home));
        }

        using var next = HomeLock.TryTake(Home);
        Assert.NotNull(next);
    }

    [Theory]
    [InlineData(null, ".aitrader")]
    [InlineData("", ".aitrader")]
    [InlineData("elsewhere", "elsewhere")]
    [InlineData("/var/tmp/x/", "/var/tmp/x")]
    public void A_setting_moves_it(string? setting, string expected) =>
        Assert.Equal(Path.GetFullPath(expected, "/repository"), HomeFolder.Of(setting, "/repository").Root);
}
