using Microsoft.Extensions.Logging;

namespace AITrader.Migrations.Diagnostics;

internal static partial class MigrationsLog
{
    [LoggerMessage(7001, LogLevel.Information, "Waiting for the database at {Host}:{Port}: {Reason}")]
    public static partial void Waiting(this ILogger logger, string? host, int port, string reason);

    [LoggerMessage(7002, LogLevel.Information, "Applying {Count} migrations")]
    public static partial void Applying(this ILogger logger, int count);

    [LoggerMessage(7003, LogLevel.Information, "The account begins with {Cash} {Currency}")]
    public static partial void AccountMade(this ILogger logger, decimal cash, string currency);

    [LoggerMessage(7004, LogLevel.Information, "The database is up to date")]
    public static partial void UpToDate(this ILogger logger);

    [LoggerMessage(7005, LogLevel.Information, "The model and the migrations agree")]
    public static partial void ModelAgrees(this ILogger logger);

    [LoggerMessage(7006, LogLevel.Error, "{Reason}")]
    public static partial void Failed(this ILogger logger, string reason);

    [LoggerMessage(7007, LogLevel.Information, "These logins have their rights: {Logins}")]
    public static partial void LoginsAdmitted(this ILogger logger, string logins);

    [LoggerMessage(
        7008,
        LogLevel.Warning,
        "There is no login {Login}, and Roles:{Kind}:Password is not set to make it with: no service can connect under it"
    )]
    public static partial void LoginAbsent(this ILogger logger, string login, string kind);
}
