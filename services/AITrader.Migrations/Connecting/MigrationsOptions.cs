using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Migrations.Connecting;

/// <summary>How long the migrations wait for a database.</summary>
internal sealed class MigrationsOptions
{
    public const string Section = "Migrations";

    /// <summary>How long to wait for a database that does not answer yet. Default one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan WaitForDatabase { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class MigrationsOptionsValidator : IValidateOptions<MigrationsOptions>;
