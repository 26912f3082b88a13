using AITrader.Migrations.Commands;
using AITrader.Migrations.Connecting;
using AITrader.Migrations.Roles;
using AITrader.Migrations.Schema;
using AITrader.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AITrader.Migrations;

/// <summary>Composition of the migrations command.</summary>
internal static class MigrationsHostExtensions
{
    public static void AddMigrations(this IHostApplicationBuilder builder)
    {
        builder.AddStorage();
        builder.Services.AddOptions<MigrationsOptions>().BindConfiguration(MigrationsOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MigrationsOptions>, MigrationsOptionsValidator>();
        builder.Services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsValidator>();
        builder.Services.AddOptions<RoleOptions>().BindConfiguration(RoleOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RoleOptions>, RoleOptionsValidator>();
        builder.Services.AddSingleton<MigrationCommand>();
        builder.Services.AddSingleton<DatabaseGate>();
        builder.Services.AddSingleton<Migrator>();
        // Each failure ends in one line of this program's own; EF Core would add its stack trace.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
    }
}
