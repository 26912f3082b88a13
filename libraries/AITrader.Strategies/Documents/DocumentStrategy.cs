using System.Text.Json;
using AITrader.Domain.Bars;
using AITrader.Domain.Orders;
using AITrader.Strategies.Data;
using AITrader.Strategies.Loading;
using AITrader.Strategies.Options;

namespace AITrader.Strategies.Documents;

/// <summary>A strategy that is one JSON document: indicators, conditions to enter and to leave, size, stop and target. The schema is
/// <c>strategies/strategy.schema.json</c>.</summary>
public sealed class DocumentStrategy : Strategy, IOwnOptions
{
    private const double BpsPerUnit = 10_000;

    private static readonly string[] Members =
    [
        "name",
        "parameters",
        "bars",
        "indicators",
        "long",
        "short",
        "weight",
        "stopBps",
        "targetBps",
    ];

    private readonly JsonNodeReader _root;
    private readonly DocumentParameters _parameters;
    private readonly Dictionary<BarFeed, IReadOnlyList<Rule>> _rules = [];
    private double _weight;
    private double? _stop;
    private double? _target;

    private DocumentStrategy(JsonNodeReader root)
    {
        _root = root;
        _ = root.Members(Members).Count();
        _parameters = new DocumentParameters(root.Find("parameters"));
        Name = root.Find("name")?.Text() ?? throw root.Failure("name is missing");
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The document as it was read.</summary>
    public string Text => _root.Value.GetRawText();

    IReadOnlyList<StrategyOption> IOwnOptions.Options => _parameters.Options;

    string? IOwnOptions.TrySet(string name, string value) => _parameters.TrySet(name, value);

    /// <summary>Reads a document.</summary>
    /// <exception cref="StrategyLoadException">It is missing or malformed; the message names the node. What depends on parameters is found
    /// when it starts.</exception>
    public static DocumentStrategy Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StrategyLoadException($"{path}: {problem.Message}", problem);
        }
    }

    /// <summary>Reads a document from its text.</summary>
    /// <inheritdoc cref="Load"/>
    public static DocumentStrategy Parse(string text, string file)
    {
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(text, options);
            return new DocumentStrategy(new JsonNodeReader(document.RootElement.Clone(), "$", file));
        }
        catch (JsonException problem)
        {
            throw new StrategyLoadException($"{file}:{problem.LineNumber + 1}: {problem.Message}", problem);
        }
    }

    /// <inheritdoc/>
    protected internal override void OnStart()
    {
        _weight = PartOf(Required("weight"));
        _stop = _root.Find("stopBps") is { } stop ? Positive(stop) : null;
        _target = _root.Find("targetBps") is { } target ? Positive(target) : null;
        var seconds = _parameters.Count(Required("bars"));
        foreach (var symbol in Data.Symbols)
        {
            var feed = Data.Bars(symbol, TimeSpan.FromSeconds(seconds));
            var bars = new DocumentBars(feed, _root.Find("indicators"), _parameters);
            Rule?[] rules = [RuleOf("long", Side.Buy, bars), RuleOf("short", Side.Sell, bars)];
            _rules[feed] = [.. rules.OfType<Rule>()];
        }

        if (_rules.Values.Any(static rules => rules.Count == 0))
        {
            throw _root.Failure("long, short or both are missing");
        }
    }

    /// <inheritdoc/>
    protected internal override void OnBar(BarFeed feed, in Bar bar)
    {
        var open = Portfolio.PositionOf(feed.Symbol).Quantity;
        foreach (var rule in _rules[feed])
        {
            if (open * rule.Side.Sign() > 0m)
            {
                if (rule.Exit())
                {
                    Orders.Close(feed.Symbol, "exit");
                }
            }
            else if (open == 0m && rule.Enter())
            {
                Enter(feed, rule.Side);
                return;
            }
        }
    }

    private void Enter(BarFeed feed, Side side)
    {
        Orders.CancelAll(feed.Symbol);
        var quantity = Orders.QuantityOf(feed.Symbol, (decimal)(_weight / Data.Symbols.Count));
        var (close, sign) = (feed[0].Close, (double)side.Sign());
        decimal At(double bps) => (decimal)(close * (1 + (sign * bps / BpsPerUnit)));
        var exit = side == Side.Buy ? Side.Sell : Side.Buy;
        if (_stop is { } stop && _target is { } target)
        {
            Orders.Bracket(feed.Symbol, side, quantity, At(target), At(-stop), tag: "enter");
        }
        else if (
            Orders.Place(feed.Symbol, side, OrderType.Market, quantity, tag: "enter") is { } entry
            && (_stop ?? _target) is { } distance
        )
        {
            var conditions = new OrderConditions { ReduceOnly = true, ParentId = entry };
            var isStop = _stop is not null;
            Orders.Place(
                feed.Symbol,
                exit,
                isStop ? OrderType.Stop : OrderType.Limit,
                quantity,
                isStop ? null : At(distance),
                conditions: isStop ? conditions with { TriggerPrice = At(-distance) } : conditions,
                tag: isStop ? "stop" : "target"
            );
        }
    }

    private Rule? RuleOf(string name, Side side, DocumentBars bars)
    {
        if (_root.Find(name) is not { } node)
        {
            return null;
        }

        _ = node.Members("enter", "exit").Count();
        var (enter, exit) = (node.Find("enter"), node.Find("exit"));
        return enter is { } into && exit is { } outOf
            ? new Rule(side, DocumentCondition.Of(into, bars, _parameters), DocumentCondition.Of(outOf, bars, _parameters))
            : throw node.Failure("enter and exit must be there");
    }

    private JsonNodeReader Required(string name) => _root.Find(name) ?? throw _root.Failure($"{name} is missing");

    private double PartOf(JsonNodeReader node) =>
        _parameters.Number(node) is > 0 and <= 1 and var part ? part : throw node.Failure("must be above 0, up to 1");

    private double Positive(JsonNodeReader node) =>
        _parameters.Number(node) is > 0 and <= 10_000 and var bps ? bps : throw node.Failure("must be above 0, up to 10000");

    private sealed record Rule(Side Side, Func<bool> Enter, Func<bool> Exit);
}
