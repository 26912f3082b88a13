namespace AITrader.Domain.Brokers;

/// <summary>A broker gave no answer to a question, or one that cannot be understood.</summary>
public sealed class BrokerUnavailableException : Exception
{
    /// <summary>Says what came instead.</summary>
    /// <param name="code">The broker's own kind of error, as it came; empty where there was none.</param>
    /// <param name="message">The broker's own words.</param>
    /// <param name="inner">Cause.</param>
    public BrokerUnavailableException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>The broker's own kind of error.</summary>
    public string Code { get; }
}
