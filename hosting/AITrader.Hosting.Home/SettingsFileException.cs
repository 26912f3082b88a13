namespace AITrader.Hosting.Home;

/// <summary>A settings file cannot be used; the message says why.</summary>
public sealed class SettingsFileException : Exception
{
    /// <summary>Creates one with a text for the user.</summary>
    public SettingsFileException(string message)
        : base(message) { }

    /// <summary>Creates one with a text for the user and its cause.</summary>
    public SettingsFileException(string message, Exception inner)
        : base(message, inner) { }
}
