using AITrader.ExecutionEngine.Loop;
using AITrader.Messaging;

namespace AITrader.ExecutionEngine.Tests;

public sealed class EntryFeedTests
{
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_an_entry_that_came_after_the_read_under_way_had_ended_empty()
    {
        var reader = new ScriptedReader();
        await using var feed = new EntryFeed<string>(reader, 10);
        var arrival = feed.Arrival;
        reader.Add("5-0");
        reader.EndBlockingRead();

        var waiting = await feed.TakeWaitingAsync(_test);

        Assert.Equal("5-0", Assert.Single(waiting).Id);
        Assert.True(arrival.IsCompleted);
        Assert.True(feed.HasReached("5-0"));
        Assert.False(feed.HasReached("5-1"));
    }

    [Fact]
    public async Task Takes_what_the_read_under_way_brings_before_it_begins_another()
    {
        var reader = new ScriptedReader();
        await using var feed = new EntryFeed<string>(reader, 10);
        _ = feed.Arrival;
        reader.Add("7-0");
        reader.EndBlockingRead("6-0");

        Assert.Equal("6-0", Assert.Single(await feed.TakeWaitingAsync(_test)).Id);
        Assert.False(feed.HasReached("7-0"));
        Assert.Equal("7-0", Assert.Single(await feed.TakeWaitingAsync(_test)).Id);
        Assert.Empty(await feed.TakeWaitingAsync(_test));
    }

    /// <summary>A stream whose one blocking read ends when the test says so, as that of a busy machine: long after its time.</summary>
    private sealed class ScriptedReader : IStreamReader<string>
    {
        private readonly TaskCompletionSource<IReadOnlyList<StreamEntry<string>>> _blocking = new();
        private readonly List<StreamEntry<string>> _stored = [];

        public void Add(string id) => _stored.Add(Entry(id));

        public void EndBlockingRead(params string[] ids) => _blocking.SetResult([.. ids.Select(Entry)]);

        public Task<IReadOnlyList<StreamEntry<string>>> ReadAsync(int maxCount, TimeSpan block, CancellationToken ct)
        {
            if (block > TimeSpan.Zero)
            {
                return _blocking.Task;
            }

            IReadOnlyList<StreamEntry<string>> found = [.. _stored];
            _stored.Clear();
            return Task.FromResult(found);
        }

        public Task AcknowledgeAsync(IReadOnlyList<string> ids, CancellationToken ct) => Task.CompletedTask;

        public Task DeadLetterAsync(StreamEntry<string> entry, string reason, int deliveries, CancellationToken ct) => Task.CompletedTask;

        public void Rewind() => _stored.Clear();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static StreamEntry<string> Entry(string id) => new(id, $"message {id}");
    }
}
