namespace AITrader.MockLlm.News;

/// <summary>What happens to companies: as a wire, a newspaper, the company itself and a forum tell it. <c>{0}</c> is the company,
/// <c>{1}</c> a number.</summary>
internal static class Headlines
{
    /// <summary>An event in four voices.</summary>
    internal sealed record Event(string Wire, string Daily, string Filing, string Forum);

    /// <summary>Events by tone: good, bad, neither.</summary>
    public static IReadOnlyList<IReadOnlyList<Event>> ByTone { get; } =
    [
        [
            new(
                "{0} quarterly profit rises {1}%, beats analysts' estimates on strong demand",
                "{0} quarterly profit rises {1}% and beats estimates as strong demand lifts margins",
                "{0}: financial results for the quarter, profit up {1}% on strong demand",
                "${0} earnings beat, profit up {1}%, holding my shares"
            ),
            new(
                "{0} wins ${1} million contract from European customer, shares gain",
                "Large order: {0} wins ${1} million contract from a European customer",
                "{0}: receipt of an order worth ${1} million",
                "${0} got a ${1} million contract, looks good for next year"
            ),
            new(
                "Brokerage upgrades {0} to buy, raises target price by {1}%",
                "{0} upgraded to buy as brokerage raises target price by {1}%",
                "{0}: intimation of a revised credit rating, outlook positive",
                "another upgrade for ${0}, target {1}% higher"
            ),
            new(
                "{0} raises full-year guidance by {1}% and announces a record dividend",
                "{0} announces record dividend and raises full-year guidance by {1}%",
                "{0}: declaration of a dividend and revised guidance, up {1}%",
                "${0} raised guidance again, dividend too"
            ),
        ],
        [
            new(
                "{0} quarterly profit falls {1}%, misses analysts' estimates as costs surge",
                "{0} misses estimates: quarterly profit falls {1}% as costs surge",
                "{0}: financial results for the quarter, profit down {1}% on higher costs",
                "${0} missed badly, profit down {1}%, I am out"
            ),
            new(
                "Regulator opens investigation into {0}, shares drop {1}%",
                "{0} shares drop {1}% after the regulator opens an investigation",
                "{0}: disclosure of an order of a regulatory authority",
                "${0} under investigation, down {1}% already"
            ),
            new(
                "Brokerage downgrades {0} to sell, warns of weak demand and margin pressure of {1}%",
                "{0} downgraded to sell on weak demand and margin pressure of {1}%",
                "{0}: intimation of a revised credit rating, outlook negative",
                "downgrade on ${0}, margins will suffer"
            ),
            new(
                "{0} cuts full-year forecast by {1}% after losing a major client",
                "Major client lost: {0} cuts its full-year forecast by {1}%",
                "{0}: revised guidance, down {1}%, loss of a customer",
                "${0} lost a big client and cut guidance {1}%"
            ),
        ],
        [
            new(
                "{0} to hold annual general meeting on the {1}th",
                "{0} calls its annual general meeting for the {1}th",
                "{0}: notice of the annual general meeting",
                "anybody going to the ${0} meeting?"
            ),
            new(
                "{0} names new head of its {1}-person technology unit",
                "New head for technology at {0}, a unit of {1} people",
                "{0}: change in senior management personnel",
                "${0} has a new head of technology"
            ),
        ],
    ];

    /// <summary>What is written in a wave. <c>{1}</c> is a number, so that no two are the same.</summary>
    public static IReadOnlyList<string> Pump { get; } =
    [
        "${0} to the moon!!! guaranteed {1}% this week 🚀",
        "load up on ${0} before it's too late, {1} reasons",
        "buy now ${0}, next multibagger, target {1}00, join our telegram",
        "insider info: ${0} will be up {1}% tomorrow 🚀🚀",
        "${0} short squeeze incoming, {1} of us are holding, diamond hands 💎",
    ];
}
