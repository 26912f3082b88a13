using AITrader.Domain.Orders;

namespace AITrader.Trading.Tests.Orders;

public sealed class OrderStateMachineTests
{
    // Every state (rows) with every step that it allows and where that leads; whatever is not listed is illegal.
    private static readonly Dictionary<OrderStatus, string> Table = new()
    {
        [OrderStatus.Initialized] = "Deny>Denied Submit>Submitted",
        [OrderStatus.Denied] = "",
        [OrderStatus.Submitted] =
            "TimeOut>Unknown Accept>Accepted Reject>Rejected FillPartially>PartiallyFilled FillCompletely>Filled Cancel>Cancelled",
        [OrderStatus.Unknown] =
            "Accept>Accepted ProveUnseen>Rejected Trigger>Triggered FillPartially>PartiallyFilled FillCompletely>Filled Cancel>Cancelled Expire>Expired",
        [OrderStatus.Accepted] =
            "Reject>Rejected Trigger>Triggered FillPartially>PartiallyFilled FillCompletely>Filled RequestUpdate>PendingUpdate RequestCancel>PendingCancel Cancel>Cancelled Expire>Expired",
        [OrderStatus.Triggered] =
            "Reject>Rejected FillPartially>PartiallyFilled FillCompletely>Filled RequestUpdate>PendingUpdate RequestCancel>PendingCancel Cancel>Cancelled Expire>Expired",
        [OrderStatus.PendingUpdate] =
            "Reject>Rejected FillPartially>PendingUpdate FillCompletely>Filled Resume>Accepted Cancel>Cancelled Expire>Expired",
        [OrderStatus.PendingCancel] =
            "Reject>Rejected FillPartially>PendingCancel FillCompletely>Filled Resume>Accepted Cancel>Cancelled Expire>Expired",
        [OrderStatus.PartiallyFilled] =
            "FillPartially>PartiallyFilled FillCompletely>Filled RequestUpdate>PendingUpdate RequestCancel>PendingCancel Cancel>Cancelled Expire>Expired",
        [OrderStatus.Filled] = "FillPartially>Filled FillCompletely>Filled",
        [OrderStatus.Cancelled] = "FillPartially>Cancelled FillCompletely>Filled",
        [OrderStatus.Expired] = "FillPartially>Expired FillCompletely>Filled",
        [OrderStatus.Rejected] = "FillPartially>Rejected FillCompletely>Filled",
    };

    public static TheoryData<OrderStatus, OrderStep> AllPairs()
    {
        var pairs = new TheoryData<OrderStatus, OrderStep>();
        foreach (var status in Enum.GetValues<OrderStatus>())
        {
            foreach (var step in Enum.GetValues<OrderStep>())
            {
                pairs.Add(status, step);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(AllPairs))]
    public void Allows_exactly_the_table(OrderStatus status, OrderStep step)
    {
        var isPending = status is OrderStatus.PendingUpdate or OrderStatus.PendingCancel;
        var state = isPending ? new OrderState(status, OrderStatus.Accepted) : OrderState.Of(status);
        var expected = Table[status]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static arrow => arrow.Split('>'))
            .Where(arrow => arrow[0] == step.ToString())
            .Select(static arrow => Enum.Parse<OrderStatus>(arrow[1]))
            .Cast<OrderStatus?>()
            .SingleOrDefault();

        Assert.Equal(expected, OrderStateMachine.TryNext(state, step)?.Status);
        if (expected is null)
        {
            Assert.Throws<InvalidOperationException>(() => OrderStateMachine.Next(state, step));
        }
    }

    [Theory]
    [InlineData(OrderStatus.Accepted)]
    [InlineData(OrderStatus.Triggered)]
    [InlineData(OrderStatus.PartiallyFilled)]
    public void Returns_to_the_state_before_a_refused_request(OrderStatus before)
    {
        foreach (var request in new[] { OrderStep.RequestUpdate, OrderStep.RequestCancel })
        {
            var pending = OrderStateMachine.Next(OrderState.Of(before), request);
            Assert.Equal(OrderState.Of(before), OrderStateMachine.Next(pending, OrderStep.Resume));
        }
    }

    [Fact]
    public void Remembers_a_partial_fill_that_came_while_a_cancel_was_pending()
    {
        var pending = OrderStateMachine.Next(OrderState.Of(OrderStatus.Accepted), OrderStep.RequestCancel);
        var filled = OrderStateMachine.Next(pending, OrderStep.FillPartially);
        Assert.Equal(OrderState.Of(OrderStatus.PartiallyFilled), OrderStateMachine.Next(filled, OrderStep.Resume));
    }

    [Fact]
    public void Terminal_states_are_the_five_of_the_design() =>
        Assert.Equal(
            [OrderStatus.Denied, OrderStatus.Filled, OrderStatus.Cancelled, OrderStatus.Expired, OrderStatus.Rejected],
            Enum.GetValues<OrderStatus>().Where(static status => OrderState.Of(status).IsTerminal)
        );

    [Fact]
    public void Every_state_has_a_word_that_leads_back()
    {
        foreach (var status in Enum.GetValues<OrderStatus>())
        {
            Assert.Equal(status, WireNames.FindStatus(WireNames.Name(status)));
        }

        Assert.Null(WireNames.FindStatus("NEW"));
    }
}
