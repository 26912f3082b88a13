namespace AITrader.Storage.Roles;

/// <summary>The login under which services connect.</summary>
/// <param name="Role">What it may do.</param>
/// <param name="Name">Its name: lower-case letters, digits and underscores.</param>
/// <param name="Password">ASCII; null where the login is made and its password kept elsewhere.</param>
public sealed record RoleLogin(DatabaseRole Role, string Name, string? Password)
{
    /// <summary>The name alone: a password has no place in text.</summary>
    public override string ToString() => Name;
}

/// <summary>A login cannot be made as it must be; the message is for operators.</summary>
public sealed class DatabaseRoleException(string message) : Exception(message);
