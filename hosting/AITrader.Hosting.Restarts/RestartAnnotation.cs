using Aspire.Hosting.ApplicationModel;

namespace AITrader.Hosting.Restarts;

/// <summary>Marks a resource that is started again after a crash.</summary>
internal sealed class RestartAnnotation : IResourceAnnotation;
