namespace AITrader.Cli.Machine;

/// <summary>Something that this machine has to have.</summary>
/// <param name="Package">Debian's package that brings it.</param>
/// <param name="Why">What it is for.</param>
/// <param name="IsThere">Whether it is there.</param>
internal sealed record Requirement(string Package, string Why, Func<bool> IsThere);
