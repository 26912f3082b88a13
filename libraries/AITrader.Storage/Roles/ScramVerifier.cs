using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AITrader.Storage.Roles;

/// <summary>What PostgreSQL keeps of a password (RFC 5803), computed here, so that the password itself never travels in a statement that a
/// server may log.</summary>
internal static class ScramVerifier
{
    private const int Iterations = 4096;
    private const int SaltLength = 16;

    /// <summary>A verifier with a salt of its own.</summary>
    /// <param name="password">ASCII, which SASLprep (RFC 4013) leaves as it is.</param>
    public static string Create(string password) => Create(password, RandomNumberGenerator.GetBytes(SaltLength));

    internal static string Create(string password, byte[] salt)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.ASCII.GetBytes(password),
            salt,
            Iterations,
            HashAlgorithmName.SHA256,
            SHA256.HashSizeInBytes
        );
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}"
        );
    }
}
