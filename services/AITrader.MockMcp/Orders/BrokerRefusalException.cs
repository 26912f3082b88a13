namespace AITrader.MockMcp.Orders;

/// <summary>The broker refuses a request at once: nothing of it reached the order book.</summary>
internal sealed class BrokerRefusalException(int status, string errorType, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string ErrorType { get; } = errorType;

    public static BrokerRefusalException Input(string message) => new(400, "InputException", message);

    public static BrokerRefusalException Missing(string field) => Input($"Missing or empty field `{field}`");

    public static BrokerRefusalException Invalid(string field) => Input($"Invalid `{field}`.");

    public static BrokerRefusalException Order(string message) => new(400, "OrderException", message);
}
