using System.Globalization;

namespace AITrader.Formats.Tests.Lobster;

/// <summary>Makes LOBSTER files from random orders kept in plain lists.</summary>
internal static class LobsterSamples
{
    private sealed class Order(long id, bool isBid, long price, long size)
    {
        internal long Id { get; } = id;

        internal bool IsBid { get; } = isBid;

        internal long Price { get; } = price;

        internal long Size { get; set; } = size;
    }

    internal static (string[] Messages, string[] Rows) Make(int seed, int count, int levels)
    {
        var random = new Random(seed);
        var orders = new List<Order>();
        var (messages, rows) = (new string[count], new string[count]);
        var nanos = 34_200_000_000_000L;
        for (var i = 0; i < count; i++)
        {
            nanos += random.Next(1, 100_000_000);
            messages[i] = FormattableString.Invariant($"{nanos / 1_000_000_000m:0.000000000},") + Step(random, orders, i + 1);
            rows[i] = Row(orders, levels);
        }

        return (messages, rows);
    }

    private static string Step(Random random, List<Order> orders, long id)
    {
        var pick = orders.Count == 0 ? 0 : random.Next(10);
        if (pick < 4 && orders.Count < 40)
        {
            var isBid = random.Next(2) == 0;
            var order = new Order(id, isBid, 5_850_000 + ((isBid ? -100 : 100) * random.Next(1, 15)), random.Next(1, 5) * 100);
            orders.Add(order);
            return Text(1, order, order.Size);
        }

        var chosen = orders[random.Next(orders.Count)];
        switch (pick)
        {
            case 4:
                return $"5,0,{random.Next(1, 100)},5850050,{(random.Next(2) == 0 ? 1 : -1)}";
            case 5 when chosen.Size > 1:
                var less = random.Next(1, (int)chosen.Size);
                chosen.Size -= less;
                return Text(2, chosen, less);
            case 6 or 7:
                var traded = random.Next(1, (int)chosen.Size + 1);
                chosen.Size -= traded;
                orders.RemoveAll(static order => order.Size == 0);
                return Text(4, chosen, traded);
            case 8 when random.Next(20) == 0:
                return "7,0,0,-1,-1";
            default:
                orders.Remove(chosen);
                return Text(3, chosen, chosen.Size);
        }
    }

    private static string Text(int type, Order order, long size) =>
        string.Create(CultureInfo.InvariantCulture, $"{type},{order.Id},{size},{order.Price},{(order.IsBid ? 1 : -1)}");

    private static string Row(List<Order> orders, int levels)
    {
        var asks = orders
            .Where(static order => !order.IsBid)
            .GroupBy(static order => order.Price)
            .OrderBy(static level => level.Key)
            .ToList();
        var bids = orders
            .Where(static order => order.IsBid)
            .GroupBy(static order => order.Price)
            .OrderByDescending(static level => level.Key)
            .ToList();
        return string.Join(
            ',',
            Enumerable
                .Range(0, levels)
                .Select(i =>
                    $"{(i < asks.Count ? $"{asks[i].Key},{asks[i].Sum(static order => order.Size)}" : "9999999999,0")},{(i < bids.Count ? $"{bids[i].Key},{bids[i].Sum(static order => order.Size)}" : "-9999999999,0")}"
                )
        );
    }
}
