using System.Collections.Frozen;

namespace AITrader.SentimentEngine.Linking;

/// <summary>Words that are tickers somewhere and words everywhere. A ticker among them counts only with a sign of its own: <c>$IT</c>,
/// <c>NYSE: IT</c>, or the company's name.</summary>
/// <remarks>Each of them has been reported as the "most mentioned stock" of some ticker counter.</remarks>
internal static class CommonWords
{
    private static readonly FrozenSet<string> Words = (
        "A AI ALL ALLY AM AN AND ANY APP APPS ARE AS AT ATH ATM BE BEST BIG BIT BRO BUY BY CAN CAR CARE CARS CASH CEO CFO CHAT COST CPI CTO CUT "
        + "DAY DD DO EAT EDIT ELSE EOD EPS EU EV EVER FACT FAST FDA FED FLOW FOR FREE FUN FUND FY GAIN GDP GO GOLD GOOD GROW HAS HAS HE HEAR HER "
        + "HIGH HOLD HOME HOPE I IF IMO IN INFO INR IPO IRS IS IT ITM JAN JOB JUST KEY KIND LEND LIFE LIKE LIVE LONG LOOK LOVE LOW MAN MAY ME MIND MOM "
        + "MOVE MY NEAR NEW NEWS NEXT NICE NO NOT NOW OF OIL OLD ON ONE OP OPEN OR OTM OUT OWN PAY PE PEAK PLAY PLAN PLAY PLUS POST PR PUMP PUT PUTS "
        + "Q1 Q2 Q3 Q4 REAL RBI RE RH ROAD ROI RUN SAFE SAVE SEBI SEC SEE SELF SELL SHE SHOP SITE SO STAY STEP TAX TD TECH TELL THE THIS TO TOP TRUE TV TWO "
        + "UK UP US USA USD USE VERY WANT WAR WAY WELL WHO WHY WILL WISH WORK WOW X YEAR YES YOLO YOU"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string ticker) => ticker.Length == 1 || Words.Contains(ticker);
}
