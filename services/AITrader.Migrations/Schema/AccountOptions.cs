using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Migrations.Schema;

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
internal sealed partial class AccountOptionsValidator : IValidateOptions<AccountOptions>;
