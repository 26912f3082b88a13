using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Broker;

/// <summary>The account at the broker, read by the tools of its MCP server. It is looked at, and bounds live orders; nothing is ordered
/// there.</summary>
internal sealed class BrokerOptions : IValidatableObject
{
    public const string Section = "BrokerAccount";

    /// <summary>Whether it is read. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Address of the MCP server. Default http://mock-mcp/mcp.</summary>
    [Required]
    public string Endpoint { get; set; } = "http://mock-mcp/mcp";

    /// <summary>How often it is read. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for one reading, with all of its calls. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Wall clock: age from which a reading does not count. Default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Currency of the account: its margin bounds live orders of instruments that are quoted in it. Default INR.</summary>
    [Required, RegularExpression("^[A-Z0-9]{2,10}$")]
    public string Currency { get; set; } = "INR";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new ValidationResult("The address is no absolute one of http or https.", [nameof(Endpoint)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class BrokerOptionsValidator : IValidateOptions<BrokerOptions>;
