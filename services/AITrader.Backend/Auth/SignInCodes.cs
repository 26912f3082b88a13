using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>Makes sign-in codes, and recognises guesses without querying the database.</summary>
/// <remarks>
/// <c>ait_</c> and 43 characters of base64url: 16 random bytes, then the first 16 bytes of their HMAC-SHA256. The prefix lets logs and
/// scanners for
/// leaked secrets know a code; the HMAC makes a guess cost the guesser more than the gateway.
/// </remarks>
internal sealed class SignInCodes(IOptions<AuthOptions> options)
{
    private const string Prefix = "ait_";
    private const int RandomLength = 16;
    private const int Length = 32;
    private const int TextLength = 43;

    private readonly byte[] _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.SigningKey), "sign-in code"u8);

    /// <summary>What is kept of a code.</summary>
    public static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    /// <summary>A new code.</summary>
    public string Create()
    {
        Span<byte> code = stackalloc byte[Length];
        RandomNumberGenerator.Fill(code[..RandomLength]);
        Tag(code[..RandomLength], code[RandomLength..]);
        return Prefix + Base64Url.EncodeToString(code);
    }

    /// <summary>Whether this was once made here.</summary>
    public bool IsGenuine(string code)
    {
        Span<byte> given = stackalloc byte[Length];
        if (
            code.Length != Prefix.Length + TextLength
            || !code.StartsWith(Prefix, StringComparison.Ordinal)
            || !Base64Url.TryDecodeFromChars(code.AsSpan(Prefix.Length), given, out var length)
            || length != Length
        )
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[Length - RandomLength];
        Tag(given[..RandomLength], tag);
        return CryptographicOperations.FixedTimeEquals(tag, given[RandomLength..]);
    }

    private void Tag(ReadOnlySpan<byte> random, Span<byte> tag)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, random, whole);
        whole[..tag.Length].CopyTo(tag);
    }
}
