using System.ComponentModel.DataAnnotations;
using AITrader.Storage.Roles;
using Microsoft.Extensions.Options;

namespace AITrader.Migrations.Roles;

/// <summary>The logins under which services connect; only this program needs the login of the owner.</summary>
internal sealed class RoleOptions
{
    public const string Section = "Roles";

    /// <summary>Login of the services that trade.</summary>
    [ValidateObjectMembers]
    public LoginOptions App { get; set; } = new();

    /// <summary>Login of the gateway.</summary>
    [ValidateObjectMembers]
    public LoginOptions Gateway { get; set; } = new();

    public IReadOnlyList<RoleLogin> ToLogins() => [App.For(DatabaseRole.App), Gateway.For(DatabaseRole.Gateway)];
}

/// <summary>One login.</summary>
internal sealed class LoginOptions
{
    /// <summary>Its name; the kind's default where empty. Two systems on one server need names of their own.</summary>
    [RegularExpression(
        "^[a-z0-9_]{1,63}$",
        ErrorMessage = "set Roles:App:Name and Roles:Gateway:Name to lower-case letters, digits and underscores, at most 63"
    )]
    public string Name { get; set; } = string.Empty;

    /// <summary>Its password, set at each run; empty where the login is created elsewhere.</summary>
    [RegularExpression(
        "^[!-~]{16,128}$",
        ErrorMessage = "set Roles:App:Password and Roles:Gateway:Password to 16 to 128 ASCII characters without spaces"
    )]
    public string Password { get; set; } = string.Empty;

    public RoleLogin For(DatabaseRole role) => new(role, Name.Length > 0 ? Name : role.DefaultLogin, Password.Length > 0 ? Password : null);
}

[OptionsValidator]
internal sealed partial class RoleOptionsValidator : IValidateOptions<RoleOptions>;
