namespace AITrader.Venues.Kite;

/// <summary>Who calls: an app's key and the access token of a session, valid until 06:00 IST of the next day.</summary>
public sealed record KiteCredentials(string ApiKey, string AccessToken)
{
    /// <summary>Value of the Authorization header.</summary>
    public string Authorization => $"token {ApiKey}:{AccessToken}";

    /// <inheritdoc/>
    public override string ToString() => $"{ApiKey}:***";
}
