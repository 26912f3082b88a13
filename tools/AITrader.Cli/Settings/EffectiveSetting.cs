namespace AITrader.Cli.Settings;

/// <summary>A setting that is in force.</summary>
/// <param name="Name">The configuration key.</param>
/// <param name="Value">The value; a mask where it is secret.</param>
/// <param name="Origin">Where the value comes from.</param>
internal sealed record EffectiveSetting(string Name, string Value, SettingOrigin Origin);
