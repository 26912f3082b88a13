using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>The one user that the first start makes.</summary>
internal sealed class Administrator(UserStore users, IOptions<AuthOptions> options)
{
    private const string Role = "admin";

    /// <summary>The administrator; made where absent, by whichever instance is first.</summary>
    public Task<UserRow> EnsureAsync(CancellationToken ct) => users.EnsureAsync(options.Value.AdminUsername, Role, ct);
}
