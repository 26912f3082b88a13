using System.Data.Common;

namespace AITrader.Messaging.Tests;

public sealed class TransientFailureTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("08006", true)]
    [InlineData("57P01", true)]
    [InlineData("28P01", true)] // a password that was changed
    [InlineData("42501", true)] // a privilege that is missing
    [InlineData("42P01", true)] // migrations that have not run
    [InlineData("22021", false)] // a character that no column holds
    [InlineData("22003", false)] // a number that no column holds
    [InlineData("23505", false)]
    public void Waiting_helps_unless_the_database_refuses_the_data(string? state, bool helps) =>
        Assert.Equal(helps, TransientFailures.Includes(new InvalidOperationException("save", new Refusal(state))));

    [Fact]
    public void Waiting_does_not_help_against_a_bug() => Assert.False(TransientFailures.Includes(new InvalidOperationException("bug")));

    private sealed class Refusal(string? state) : DbException("refused")
    {
        public override string? SqlState => state;
    }
}
