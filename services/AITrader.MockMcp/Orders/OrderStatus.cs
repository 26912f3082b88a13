namespace AITrader.MockMcp.Orders;

/// <summary>States of an order, as Kite spells them.</summary>
internal static class OrderStatus
{
    public const string Received = "PUT ORDER REQ RECEIVED";
    public const string AmoReceived = "AMO REQ RECEIVED";
    public const string ValidationPending = "VALIDATION PENDING";
    public const string OpenPending = "OPEN PENDING";
    public const string Open = "OPEN";
    public const string TriggerPending = "TRIGGER PENDING";
    public const string ModifyValidationPending = "MODIFY VALIDATION PENDING";
    public const string ModifyPending = "MODIFY PENDING";
    public const string Modified = "MODIFIED";
    public const string CancelPending = "CANCEL PENDING";
    public const string Complete = "COMPLETE";
    public const string Cancelled = "CANCELLED";
    public const string Rejected = "REJECTED";

    public static bool IsFinal(string status) => status is Complete or Cancelled or Rejected;
}
