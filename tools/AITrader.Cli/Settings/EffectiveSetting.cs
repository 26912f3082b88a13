namespace AITrader.Cli.Settings;

/// <summary>A setting that is in force.</summary>
/// <param name="Name">Its configuration key.</param>
/// <param name="Value">Its value; of a secret a mask.</param>
/// <param name="Origin">Where it comes from.</param>
internal sealed record EffectiveSetting(string Name, string Value, SettingOrigin Origin);
