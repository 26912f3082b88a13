namespace AITrader.FinBertServer.Models;

/// <summary>What was found of the model.</summary>
internal abstract record ModelStatus(string Reason);

/// <summary>Nothing at all.</summary>
internal sealed record AbsentModel(string Reason) : ModelStatus(Reason);

/// <summary>A folder that lacks something.</summary>
internal sealed record IncompleteModel(string Reason) : ModelStatus(Reason);

/// <summary>All files of at least one version.</summary>
internal sealed record CompleteModel(IReadOnlyList<int> Versions, long Bytes, string Reason) : ModelStatus(Reason);
