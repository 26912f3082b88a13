namespace AITrader.FinBertServer.Models;

/// <summary>The state of the installed model.</summary>
internal abstract record ModelStatus(string Reason);

/// <summary>No model is installed.</summary>
internal sealed record AbsentModel(string Reason) : ModelStatus(Reason);

/// <summary>The model folder lacks a file.</summary>
internal sealed record IncompleteModel(string Reason) : ModelStatus(Reason);

/// <summary>All files of at least one version are installed.</summary>
internal sealed record CompleteModel(IReadOnlyList<int> Versions, long Bytes, string Reason) : ModelStatus(Reason);
