namespace AITrader.ServiceDefaults.Startup;

/// <summary>A required setting is missing or wrong. The message names its configuration path.</summary>
public sealed class SettingException(string message) : Exception(message);
