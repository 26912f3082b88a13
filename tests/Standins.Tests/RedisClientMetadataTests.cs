using System.Text;
using StackExchange.Redis;

namespace Standins.Tests;

/// <summary>The real client library finds all that it calls in the two stand-ins under it.</summary>
public sealed class RedisClientMetadataTests
{
    private static readonly string Client = typeof(ConnectionMultiplexer).Assembly.Location;

    public static TheoryData<string, int> Standins { get; } = new()
    {
        { "Pipelines.Sockets.Unofficial", 40 },
        { "System.IO.Hashing", 2 },
    };

    [Theory]
    [MemberData(nameof(Standins))]
    public void Every_reference_into_a_standin_resolves(string standin, int atLeast)
    {
        var required = MetadataSurface.RequiredFrom(File.ReadAllBytes(Client), standin);
        Assert.True(required.Count >= atLeast, $"only {required.Count} references were found");
        Assert.Empty(required.Except(MetadataSurface.OfferedBy(ReadStandin(standin))));
    }

    [Theory]
    [InlineData("System.IO.Hashing", "HashToUInt64", "HashToUInt6_")]
    [InlineData("Pipelines.Sockets.Unofficial", "TrySetProtocolShutdown", "TrySetProtocolShutdow_")]
    [InlineData("Pipelines.Sockets.Unofficial", "get_BytesRead", "get_BytesRea_")]
    [InlineData("Pipelines.Sockets.Unofficial", "IMeasuredDuplexPipe", "IMeasuredDuplexPip_")]
    public void A_removed_member_is_noticed(string standin, string name, string otherName)
    {
        var required = MetadataSurface.RequiredFrom(File.ReadAllBytes(Client), standin);
        var changed = Rename(ReadStandin(standin), name, otherName);
        Assert.Contains(required.Except(MetadataSurface.OfferedBy(changed)), missing => missing.Contains(name, StringComparison.Ordinal));
    }

    private static byte[] ReadStandin(string standin) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, standin + ".dll"));

    // Names stand in the file once, as zero-terminated text: another letter there is another member.
    private static byte[] Rename(byte[] assembly, string name, string otherName)
    {
        var at = assembly.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\0{name}\0"));
        Assert.True(at >= 0, $"{name} is not in the assembly");
        Encoding.UTF8.GetBytes(otherName).CopyTo(assembly, at + 1);
        return assembly;
    }
}
