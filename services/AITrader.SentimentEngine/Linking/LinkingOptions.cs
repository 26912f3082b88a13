using AITrader.Domain.Instruments;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Linking;

/// <summary>Which symbols texts are linked to.</summary>
internal sealed class LinkingOptions
{
    public const string Section = "Linking";

    /// <summary>Companies beside those of the mock exchange, or in place of those with the same symbol.</summary>
    public IList<ListedCompany> Companies { get; } = [];

    internal IReadOnlyList<ListedCompany> Known =>
        [.. Companies, .. KnownCompanies.All.Where(known => Companies.All(company => company.Symbol != known.Symbol))];
}

/// <summary>Checks the options when the service starts; each refusal names its setting.</summary>
internal sealed class LinkingOptionsValidator : IValidateOptions<LinkingOptions>
{
    public ValidateOptionsResult Validate(string? name, LinkingOptions options)
    {
        var faults = options
            .Companies.Select(static (company, place) => (company.Symbol, Place: place))
            .Where(static company => !SymbolTable.IsSymbol(company.Symbol))
            .Select(static company => $"{LinkingOptions.Section}:Companies:{company.Place}:Symbol: '{company.Symbol}' is no symbol")
            .Concat(
                options
                    .Companies.GroupBy(static company => company.Symbol, StringComparer.Ordinal)
                    .Where(static group => group.Count() > 1)
                    .Select(static group => $"{LinkingOptions.Section}:Companies: '{group.Key}' is there twice")
            )
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
