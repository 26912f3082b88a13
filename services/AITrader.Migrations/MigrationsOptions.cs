using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Migrations;

/// <summary>How long to be patient.</summary>
internal sealed class MigrationsOptions
{
    public const string Section = "Migrations";

    /// <summary>How long to wait for a database that does not answer yet. Default one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan WaitForDatabase { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>The account that a new database begins with.</summary>
internal sealed class AccountOptions
{
    public const string Section = "Account";

    /// <summary>Cash at the beginning. Default 1,000,000.</summary>
    [Range(typeof(decimal), "0", "1000000000000")]
    public decimal InitialCash { get; set; } = 1_000_000m;

    /// <summary>ISO currency code. Default INR.</summary>
    [Required]
    [RegularExpression("^[A-Z]{3,5}$")]
    public string Currency { get; set; } = "INR";
}

[OptionsValidator]
internal sealed partial class MigrationsOptionsValidator : IValidateOptions<MigrationsOptions>;

[OptionsValidator]
internal sealed partial class AccountOptionsValidator : IValidateOptions<AccountOptions>;
