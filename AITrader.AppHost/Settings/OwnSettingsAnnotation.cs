namespace AITrader.AppHost.Settings;

/// <summary>Marks a resource that <c>Services:{name}</c> may speak of.</summary>
internal sealed class OwnSettingsAnnotation : IResourceAnnotation;
