namespace AITrader.Hosting.Home;

/// <summary>The home folder cannot be used; the message says what to do.</summary>
/// <param name="message">For the user.</param>
public sealed class HomeFolderException(string message) : Exception(message);
