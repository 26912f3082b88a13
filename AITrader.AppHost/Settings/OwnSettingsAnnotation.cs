namespace AITrader.AppHost.Settings;

/// <summary>Marks a resource that takes settings of the section <c>Services:{name}</c>.</summary>
internal sealed class OwnSettingsAnnotation : IResourceAnnotation;
