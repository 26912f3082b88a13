using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>Knows whether a caller holds the operator's key, which comes as <c>Authorization: AdminKey …</c>.</summary>
internal sealed class AdminKey(IOptions<AuthOptions> options)
{
    private const string Scheme = "AdminKey ";

    private readonly byte[] _hash = Hash(options.Value.AdminKey);

    // Hashes have one length, so the comparison's time reveals nothing, not even the key's length.
    public bool IsHeldBy(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _hash);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
