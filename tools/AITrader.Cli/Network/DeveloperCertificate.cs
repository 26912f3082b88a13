using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AITrader.Cli.Network;

/// <summary>ASP.NET Core's certificate for <c>localhost</c>, with which the dashboard speaks https.</summary>
internal static class DeveloperCertificate
{
    // The extension with which `dotnet dev-certs` marks its certificates.
    private const string Mark = "1.3.6.1.4.1.311.84.1.1";

    /// <summary>The newest valid developer certificate of this user; null where there is none.</summary>
    public static X509Certificate2? Find(TimeProvider time)
    {
        var now = time.GetLocalNow().DateTime;
        return All()
            .Where(found => found.HasPrivateKey && found.NotBefore <= now && now < found.NotAfter)
            .MaxBy(static found => found.NotAfter);
    }

    /// <summary>Accepts what the system trusts, and this user's own certificate, which the system need not trust.</summary>
    public static bool Accept(X509Certificate? certificate, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None || (certificate is X509Certificate2 shown && All().Any(own => own.Thumbprint == shown.Thumbprint));

    private static IEnumerable<X509Certificate2> All()
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        return [.. store.Certificates.Where(static found => found.Extensions.Any(static extension => extension.Oid?.Value == Mark))];
    }
}
