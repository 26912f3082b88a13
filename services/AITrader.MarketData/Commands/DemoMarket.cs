using System.Globalization;

namespace AITrader.MarketData.Commands;

/// <summary>Writes the data set <c>demo</c>: five minutes of a made-up NSE morning, the same bytes each time.</summary>
internal static class DemoMarket
{
    private const int Seed = 20260105;
    private const int Steps = 750;
    private const int StepMillis = 400;
    private const int RegimeSteps = 62; // a new mood every 25 s
    private const decimal Tick = 0.05m;

    private static readonly DateTimeOffset Open = new(2026, 1, 5, 3, 45, 0, TimeSpan.Zero); // 09:15 in India

    private static readonly (string Symbol, decimal Price)[] Listed =
    [
        ("NSE:INFY", 1540.00m),
        ("NSE:RELIANCE", 1480.00m),
        ("NSE:TCS", 3210.00m),
    ];

    /// <summary>Writes header and rows with LF; returns the number of rows.</summary>
    public static int Write(TextWriter target)
    {
        target.NewLine = "\n";
        target.WriteLine("symbol,time,price,size,bid,ask,bid_size,ask_size");
        var random = new Random(Seed);
        var prices = Array.ConvertAll(Listed, static listed => listed.Price);
        var drifts = new int[Listed.Length];
        var rows = 0;
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < Listed.Length; i++)
            {
                drifts[i] = step % RegimeSteps == 0 ? random.Next(-2, 3) : drifts[i];
                prices[i] += Tick * (random.Next(-3, 4) + (random.Next(3) == 0 ? drifts[i] : 0));
                var time = Open.AddMilliseconds((step * StepMillis) + (i * 100)).AddTicks(random.Next(0, 400_000) / 10 * 10);
                rows += Row(target, random, Listed[i].Symbol, time, prices[i]);
            }
        }

        return rows;
    }

    // A quote each time, and a trade at one of its sides in two of three cases.
    private static int Row(TextWriter target, Random random, string symbol, DateTimeOffset time, decimal mid)
    {
        var bid = mid - Tick;
        var ask = mid + Tick;
        var stamp = time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var sizes = (Bid: random.Next(1, 900), Ask: random.Next(1, 900));
        target.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{symbol},{stamp},,,{bid:0.00},{ask:0.00},{sizes.Bid},{sizes.Ask}"));
        if (random.Next(3) == 0)
        {
            return 1;
        }

        var price = random.Next(2) == 0 ? bid : ask;
        target.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{symbol},{stamp},{price:0.00},{random.Next(1, 250)},{bid:0.00},{ask:0.00},{sizes.Bid},{sizes.Ask}"
            )
        );
        return 2;
    }
}
