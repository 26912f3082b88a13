using System.Net;
using System.Net.Sockets;

namespace AITrader.Backend.Traffic;

/// <summary>The address that a limit counts a caller under.</summary>
internal static class ClientAddress
{
    // What a provider gives one customer: who has a /64 has 2^64 addresses.
    private const int CustomerBytes = 8;

    /// <summary>An IPv4 address, or the /64 network of an IPv6 address.</summary>
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress is { } address ? Of(address) : "local";

    internal static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(CustomerBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
