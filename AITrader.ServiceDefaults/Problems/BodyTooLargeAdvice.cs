namespace AITrader.ServiceDefaults.Problems;

/// <summary>What a caller can do whose body an endpoint does not take because of its size: metadata of the endpoint.</summary>
/// <param name="Text">A sentence.</param>
public sealed record BodyTooLargeAdvice(string Text);
