using AITrader.Domain.Orders;
using AITrader.Trading.Engine;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Engine;

/// <summary>Random sessions with every kind of order: what must hold after each step.</summary>
public sealed class DeskPropertyTests
{
    private const int Cases = 150;

    [Fact]
    public void Reduce_only_orders_never_add_icebergs_never_show_more_and_quantities_add_up() => Check(static session => session.Holds);

    [Fact]
    public void Orders_of_one_group_are_never_executed_beyond_its_quantity() =>
        Check(static session =>
            session
                .Orders.Values.Where(static order => order.Request.Conditions.OcoGroup is not null)
                .GroupBy(static order => order.Request.Conditions.OcoGroup)
                .All(static group => group.Sum(static order => order.Filled) <= group.Max(static order => order.Request.Quantity))
        );

    [Fact]
    public void The_exits_of_a_bracket_never_close_more_than_its_entry_opened() =>
        Check(static session =>
            session
                .Orders.Values.Where(static order => order.Request.Conditions.ParentId is not null)
                .GroupBy(static order => order.Request.Conditions.ParentId!.Value)
                .All(exits => exits.Sum(static order => order.Filled) <= session.Orders[exits.Key].Filled)
        );

    [Fact]
    public void The_sessions_come_to_executions_of_every_kind_of_order()
    {
        var executed = Enumerable
            .Range(1, 20)
            .SelectMany(static seed =>
            {
                var random = new Random(seed);
                return new Session([.. Enumerable.Range(0, 120).Select(_ => random.Next(100_000))]).Orders.Values;
            })
            .Where(static order => order.Filled > 0m)
            .ToList();
        Assert.All(Enum.GetValues<OrderType>(), type => Assert.True(executed.Count(order => order.Request.Type == type) > 20, $"{type}"));
        Assert.True(executed.Count(static order => order.Request.Conditions.ParentId is not null) > 20);
        Assert.True(executed.Count(static order => order.Request.Conditions is { OcoGroup: not null, ParentId: null }) > 20);
        Assert.True(executed.Count(static order => order.Request.Conditions is { ReduceOnly: true, ParentId: null }) > 20);
        Assert.True(executed.Count(static order => order.Reduced > 0m) > 20);
    }

    private static void Check(Func<Session, bool> property) =>
        Property.Holds(Gen.Choose(0, 99_999).ArrayOf(120), numbers => property(new Session(numbers)), Cases);

    private sealed class Session
    {
        private readonly TradingDesk _desk = Make.Desk();
        private decimal _mid = 100m;
        private int _next = 1;

        public Session(int[] numbers)
        {
            foreach (var number in numbers)
            {
                Step(number);
                Holds &= _desk.Working.All(static order =>
                    order.Request.Type != OrderType.Iceberg || order.Offered <= order.Request.Conditions.DisplayQuantity
                );
            }

            Holds &= Orders.Values.All(static order => order.Filled + order.Remaining == order.Quantity && order.Overfill == 0m);
            Holds &= _desk.Ledger.Imbalance() == 0m;
        }

        public Dictionary<Guid, Order> Orders { get; } = [];

        public bool Holds { get; private set; } = true;

        private void Step(int number)
        {
            var seq = _next++;
            _mid = Math.Max(50m, _mid + (((number % 7) - 3) * 0.5m));
            var position = _desk.Ledger.PositionOf(Make.Symbol).Quantity;
            var tick =
                number % 3 == 0
                    ? Make.Trade(seq, seq * 0.1, _mid + (((number / 7) % 5) - 2), 1m + (number % 4))
                    : Make.Quote(seq, seq * 0.1, _mid - 0.5m, _mid + 0.5m, 1m + (number % 3));
            foreach (var outcome in _desk.OnTick(tick))
            {
                Keep(outcome);
                if (outcome.Fill is { } fill)
                {
                    Holds &= !outcome.Order.Request.Conditions.ReduceOnly || Math.Abs(position + fill.SignedQuantity) <= Math.Abs(position);
                    position += fill.SignedQuantity;
                }
            }

            Act(number / 35, seq);
        }

        private void Act(int number, int seq)
        {
            var (side, quantity) = (number % 2 == 0 ? Side.Buy : Side.Sell, 1m + (number / 2 % 4));
            switch (number % 11)
            {
                case 0 or 1 when _desk.Working.Count > 0:
                    KeepAll(_desk.Cancel(_desk.Working[number % _desk.Working.Count].Id, "asked"));
                    break;
                case 6 or 7 when _desk.Working.Count > 0:
                    var changed = _desk.Working[number / 3 % _desk.Working.Count];
                    KeepAll(_desk.Modify(changed.Id, Change(seq, changed.Request, number)));
                    break;
                case 2 or 3:
                    var entry = Request(seq, OrderType.Limit, side, quantity, OrderConditions.None);
                    KeepAll(_desk.Submit(Bracket.Around(entry, _mid + side.Sign(), _mid - side.Sign()), false));
                    break;
                case 4 or 5:
                    var group = new OrderConditions { OcoGroup = Make.Id(1_000_000 + seq) };
                    Submit(Request(seq, OrderType.Limit, side, quantity, group));
                    Submit(Request(seq + 500_000, OrderType.Stop, side, quantity, group with { TriggerPrice = _mid + side.Sign() }));
                    break;
                default:
                    Submit(Request(seq, (OrderType)(number % 7), side, quantity, Conditions((OrderType)(number % 7), number)));
                    break;
            }
        }

        private static OrderConditions Conditions(OrderType type, int number) =>
            new()
            {
                TriggerPrice = type is OrderType.Stop or OrderType.StopLimit or OrderType.MarketIfTouched ? 100m + (number % 9) - 4 : null,
                TrailingAmount = type is OrderType.TrailingStop ? 1m : null,
                DisplayQuantity = type is OrderType.Iceberg ? 0.5m : null,
                ReduceOnly = number % 5 == 0,
            };

        private OrderRequest Request(int id, OrderType type, Side side, decimal quantity, OrderConditions conditions) =>
            Make.Market(id, side, quantity, _next * 0.1, seq: _desk.Seq) with
            {
                EventTime = _desk.Now,
                Type = type,
                Conditions = conditions,
                LimitPrice = type is OrderType.Limit or OrderType.StopLimit or OrderType.Iceberg ? _mid : null,
            };

        private OrderChange Change(int seq, OrderRequest request, int number) =>
            new(
                Make.Id(2_000_000 + seq),
                request.Quantity + (number % 3) - 1m,
                request.LimitPrice is { } limit ? limit + (number % 5) - 2m : null,
                request.Conditions.TriggerPrice is { } trigger ? trigger + (number % 7) - 3m : null,
                _desk.Now
            );

        private void KeepAll(IReadOnlyList<TradingOutcome> outcomes)
        {
            foreach (var outcome in outcomes)
            {
                Keep(outcome);
            }
        }

        private void Submit(OrderRequest request) => Keep(_desk.Submit(request, false));

        private void Keep(TradingOutcome outcome) => Orders[outcome.Order.Id] = outcome.Order;
    }
}
