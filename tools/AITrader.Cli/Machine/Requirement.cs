namespace AITrader.Cli.Machine;

/// <summary>A program that this machine has to have.</summary>
/// <param name="Package">The Debian package that contains the program.</param>
/// <param name="Why">What the program is needed for.</param>
/// <param name="IsThere">Tells whether the program is installed.</param>
internal sealed record Requirement(string Package, string Why, Func<bool> IsThere);
