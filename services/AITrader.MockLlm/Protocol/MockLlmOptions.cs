using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.MockLlm.Protocol;

/// <summary>What the answers depend on besides the question.</summary>
internal sealed class MockLlmOptions
{
    public const string Section = "MockLlm";

    /// <summary>Another seed gives other answers to the same questions.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The names that it answers to. Two follow planted instructions, as weak models do (answer NAME=NUMBER, where NAME is of the
    /// schema): mock-gullible wherever they stand, mock-instructed where they stand outside of quoted passages.</summary>
    [MinLength(1)]
    public string[] Models { get; set; } = ["mock-small", "mock-large", "mock-gullible", "mock-instructed"];

    /// <summary>The bearer key that clients must send. None: all may ask, as it serves development only.</summary>
    public string? ApiKey { get; set; }
}

[OptionsValidator]
internal sealed partial class MockLlmOptionsValidator : IValidateOptions<MockLlmOptions>;
