using System.Collections.Frozen;
using System.Text.Json;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Lean;

/// <summary>One name of a source for one symbol.</summary>
/// <param name="Source">Where the name is used, such as <c>binance/spot</c> or <c>lean/equity/india</c>.</param>
/// <param name="Name">The source's name.</param>
/// <param name="Symbol">Our symbol.</param>
public sealed record SymbolName(string Source, string Name, string Symbol);

/// <summary>How a source names what is not listed: our symbol is prefix + name in capitals + suffix, without what the source
/// appends.</summary>
/// <param name="Source">Where the names are used.</param>
/// <param name="Prefix">What only our symbol has in front.</param>
/// <param name="Suffix">What only our symbol has at its end.</param>
/// <param name="NameSuffix">What only the source's name has at its end.</param>
/// <param name="LowerCase">Whether the source writes small letters.</param>
public sealed record SymbolRule(string Source, string Prefix = "", string Suffix = "", string NameSuffix = "", bool LowerCase = false);

/// <summary>Names of instruments from source to source: listed names first, then one rule a source. Immutable; safe from any
/// thread.</summary>
public sealed class SymbolMap
{
    private readonly FrozenDictionary<(string, string), string> _symbols;
    private readonly FrozenDictionary<(string, string), string> _names;
    private readonly FrozenDictionary<string, SymbolRule> _rules;

    /// <summary>A map; of two rules for one source the later one counts.</summary>
    /// <exception cref="ArgumentException">A name has two symbols, or a symbol two names, in one source.</exception>
    public SymbolMap(IEnumerable<SymbolRule> rules, IEnumerable<SymbolName> names)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(names);
        var symbols = new Dictionary<(string, string), string>();
        var back = new Dictionary<(string, string), string>();
        foreach (var (source, name, symbol) in names)
        {
            if (!symbols.TryAdd((source, name), symbol) || !back.TryAdd((source, symbol), name))
            {
                throw new ArgumentException($"The source {source} has {name} or {symbol} twice.", nameof(names));
            }
        }

        _symbols = symbols.ToFrozenDictionary();
        _names = back.ToFrozenDictionary();
        _rules = rules
            .GroupBy(static rule => rule.Source, StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, static group => group.Last(), StringComparer.Ordinal);
    }

    /// <summary>The rules of the sources that AITrader reads, and no listed names.</summary>
    public static SymbolMap Default { get; } = new(DefaultRules, []);

    private static IEnumerable<SymbolRule> DefaultRules =>
        [
            new("binance/usdm"),
            new("binance/coinm"),
            new("binance/spot", Suffix: "-SPOT"), // one name trades on several of the venue's markets
            new("kite"),
            new("kite/nse", Prefix: "NSE:"),
            new("yahoo/nse", Prefix: "NSE:", NameSuffix: ".NS"),
            new("nasdaq"),
            new("lean/equity/india", Prefix: "NSE:", LowerCase: true),
            new("lean/equity/usa", LowerCase: true),
            new("lean/forex/oanda", LowerCase: true),
            new("lean/forex/fxcm", LowerCase: true),
            new("lean/cfd/oanda", LowerCase: true),
            new("lean/crypto/coinbase", LowerCase: true),
        ];

    /// <summary>The default map with the names and rules of a configuration file.</summary>
    /// <remarks><code>
    /// {"rules":[{"source":"bse","prefix":"BSE:"}],"names":[{"source":"coinbase","name":"BTC-USD","symbol":"BTCUSD"}]}
    /// </code></remarks>
    /// <exception cref="MarketDataException">It is malformed, or names something twice.</exception>
    public static SymbolMap Parse(ReadOnlySpan<byte> json, string file)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json))
        {
            throw new MarketDataException(file, 1, "json", "is not UTF-8");
        }

        SymbolMapFile? content;
        try
        {
            content = JsonSerializer.Deserialize(json, SymbolMapJson.Default.SymbolMapFile);
        }
        catch (JsonException failure)
        {
            throw new MarketDataException(
                file,
                (failure.LineNumber ?? 0) + 1,
                "json",
                "malformed, or with a member that is not known: expected rules (source, prefix, suffix, nameSuffix, lowerCase) and names (source, name, symbol)",
                failure
            );
        }

        try
        {
            return new SymbolMap(DefaultRules.Concat(content?.Rules ?? []), content?.Names ?? []);
        }
        catch (ArgumentException failure)
        {
            throw new MarketDataException(file, 1, "names", failure.Message.Split(" (Parameter", 2)[0].TrimEnd('.'), failure);
        }
    }

    /// <summary>Our symbol for a source's name; null where the source is not known.</summary>
    public string? ToSymbol(string source, string name)
    {
        if (_symbols.TryGetValue((source, name), out var symbol))
        {
            return symbol;
        }

        if (!_rules.TryGetValue(source, out var rule) || !name.EndsWith(rule.NameSuffix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return $"{rule.Prefix}{name[..^rule.NameSuffix.Length].ToUpperInvariant()}{rule.Suffix}";
    }

    /// <summary>A source's name for our symbol; null where the source is not known or cannot have it.</summary>
    public string? ToName(string source, string symbol)
    {
        if (_names.TryGetValue((source, symbol), out var name))
        {
            return name;
        }

        if (
            !_rules.TryGetValue(source, out var rule)
            || symbol.Length <= rule.Prefix.Length + rule.Suffix.Length
            || !symbol.StartsWith(rule.Prefix, StringComparison.Ordinal)
            || !symbol.EndsWith(rule.Suffix, StringComparison.Ordinal)
        )
        {
            return null;
        }

        var core = symbol[rule.Prefix.Length..^rule.Suffix.Length];
        return (rule.LowerCase ? core.ToLowerInvariant() : core) + rule.NameSuffix;
    }
}

/// <summary>A configuration file of names.</summary>
internal sealed record SymbolMapFile(SymbolRule[]? Rules = null, SymbolName[]? Names = null);
