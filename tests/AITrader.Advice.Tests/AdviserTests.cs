using AITrader.Advice.Advisers;
using AITrader.Advice.Prompts;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.Advice.Tests;

public sealed class AdviserTests
{
    private const string Good = """{"advice":0.5,"confidence":0.4,"suggestion":"Wait for the open.","citations":[2]}""";

    private readonly FakeTimeProvider _time = new(Samples.Noon);
    private TokenBudget _budget = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_comes_with_what_led_to_it()
    {
        using var client = ScriptedClient.Answering(Good, tokens: 321);

        var given = Assert.IsType<AdviceOutcome.Given>(await AdviserOf(client).AskAsync(Samples.Question("a", "b"), Ct));

        Assert.Equal((0.5, 0.4, "Wait for the open."), (given.Answer.Advice, given.Answer.Confidence, given.Answer.Suggestion));
        Assert.Equal(0.2, given.Factor, 12);
        var source = given.Provenance;
        Assert.Equal(
            ("advice", 1, "scripted-1", 321, 1),
            (source.TemplateId, source.TemplateVersion, source.Model, source.Tokens, source.Attempts)
        );
        Assert.Equal(PromptTemplate.Advice.Sha256, source.TemplateSha256);
        Assert.Equal([Samples.Document(2)], source.Cited);
        Assert.Equal(500, client.Options!.MaxOutputTokens);
    }

    [Theory]
    [InlineData("not JSON", "Sorry, I cannot help with that.")]
    [InlineData("not JSON", "```json\n" + Good + "\n```")]
    [InlineData("not JSON", Good + Good)]
    [InlineData("not JSON", """{"advice":0.5,"confidence":0.4,"sugg""")]
    [InlineData("not JSON", """{"advice":NaN,"confidence":0.4,"suggestion":"x","citations":[]}""")]
    [InlineData("not JSON", """{"advice":0.5,"advice":1,"confidence":0.4,"suggestion":"x","citations":[]}""")]
    [InlineData("not a JSON object", "[1]")]
    [InlineData("empty", " ")]
    [InlineData("advice is not", """{"advice":1.01,"confidence":0.4,"suggestion":"x","citations":[]}""")]
    [InlineData("advice is not", """{"advice":-1e999,"confidence":0.4,"suggestion":"x","citations":[]}""")]
    [InlineData("advice is not", """{"advice":"1","confidence":0.4,"suggestion":"x","citations":[]}""")]
    [InlineData("advice is not", """{"confidence":0.4,"suggestion":"x","citations":[]}""")]
    [InlineData("confidence is not", """{"advice":1,"confidence":-0.1,"suggestion":"x","citations":[]}""")]
    [InlineData("confidence is not", """{"advice":1,"confidence":null,"suggestion":"x","citations":[]}""")]
    [InlineData("suggestion is not", """{"advice":1,"confidence":1,"suggestion":"","citations":[]}""")]
    [InlineData("suggestion is not", """{"advice":1,"confidence":1,"suggestion":"a\u001b[31mb","citations":[]}""")]
    [InlineData("citations are not", """{"advice":1,"confidence":1,"suggestion":"x","citations":[3]}""")]
    [InlineData("citations are not", """{"advice":1,"confidence":1,"suggestion":"x","citations":[0]}""")]
    [InlineData("citations are not", """{"advice":1,"confidence":1,"suggestion":"x","citations":[1.5]}""")]
    [InlineData("citations are not", """{"advice":1,"confidence":1,"suggestion":"x"}""")]
    [InlineData("members that were not", """{"advice":1,"confidence":1,"suggestion":"x","citations":[],"order":"BUY 100"}""")]
    public async Task An_answer_that_is_not_what_was_asked_for_is_none(string reason, string text)
    {
        using var client = ScriptedClient.Answering(text);

        var absent = Assert.IsType<AdviceOutcome.Absent>(await AdviserOf(client).AskAsync(Samples.Question("a", "b"), Ct));

        Assert.Equal((AbsenceCause.Invalid, 0.0), (absent.Cause, absent.Factor));
        Assert.Contains(reason, absent.Reason);
        Assert.Equal((1, 100), (client.Calls, absent.Provenance.Tokens));
    }

    [Fact]
    public async Task Too_long_cut_filtered_and_refused_answers_are_none()
    {
        var refusal = new ChatResponse(new ChatMessage(ChatRole.Assistant, [new ErrorContent("No.") { ErrorCode = "Refusal" }]));
        using var client = new ScriptedClient(
            _ => Task.FromResult(ScriptedClient.Response(Good, ChatFinishReason.Length)),
            _ => Task.FromResult(ScriptedClient.Response(Good, ChatFinishReason.ContentFilter)),
            _ => Task.FromResult(refusal),
            _ => Task.FromResult(ScriptedClient.Response(Good.Replace("Wait", new string('w', 600), StringComparison.Ordinal))),
            _ => Task.FromResult(ScriptedClient.Response(Good + new string(' ', 30_000)))
        );
        var adviser = AdviserOf(client);

        foreach (var reason in new[] { "cut at the limit", "filter", "refused", "suggestion", "longer than" })
        {
            var absent = Assert.IsType<AdviceOutcome.Absent>(await adviser.AskAsync(Samples.Question("a", "b"), Ct));
            Assert.Equal(AbsenceCause.Invalid, absent.Cause);
            Assert.Contains(reason, absent.Reason);
        }
    }

    [Fact]
    public async Task Without_passages_nothing_is_cited()
    {
        using var client = ScriptedClient.Answering("""{"advice":-1,"confidence":1,"suggestion":"Leave."}""");

        var given = Assert.IsType<AdviceOutcome.Given>(await AdviserOf(client).AskAsync(Samples.Question(), Ct));

        Assert.Equal(-1, given.Factor);
        Assert.Empty(given.Provenance.Cited);
    }

    [Fact]
    public async Task A_passage_newer_than_the_event_is_a_bug_of_the_caller()
    {
        using var client = ScriptedClient.Answering(Good);
        var question = Samples.Question("a", "b") with { EventTime = Samples.Noon.AddTicks(-1) };

        await Assert.ThrowsAsync<ArgumentException>(() => AdviserOf(client).AskAsync(question, Ct));

        Assert.Equal(0, client.Calls);
    }

    [Fact]
    public async Task What_passes_by_itself_is_tried_again_and_failed_attempts_cost_nothing()
    {
        using var client = new ScriptedClient(
            static _ => throw new HttpRequestException("reset"),
            static _ => throw new IOException("ended"),
            static _ => Task.FromResult(ScriptedClient.Response(Good))
        );
        var adviser = AdviserOf(client);

        var asked = adviser.AskAsync(Samples.Question("a", "b"), Ct);
        await AdvanceUntilDoneAsync(asked);

        Assert.Equal((3, 100), ((await asked).Provenance.Attempts, (await asked).Provenance.Tokens));
        Assert.IsType<AdviceOutcome.Given>(await asked);
        Assert.Equal(100, _budget.UsedToday);
    }

    [Fact]
    public async Task What_does_not_pass_is_tried_once_and_a_bug_is_thrown()
    {
        using var refused = new ScriptedClient(static _ =>
            throw new HttpRequestException("x", null, System.Net.HttpStatusCode.Unauthorized)
        );
        using var broken = new ScriptedClient(static _ => throw new InvalidTimeZoneException("a bug"));

        var absent = Assert.IsType<AdviceOutcome.Absent>(await AdviserOf(refused).AskAsync(Samples.Question("a", "b"), Ct));

        Assert.Equal((AbsenceCause.Unavailable, 1), (absent.Cause, refused.Calls));
        Assert.Contains("401", absent.Reason);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => AdviserOf(broken).AskAsync(Samples.Question("a", "b"), Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_deadline_holds_even_with_a_client_that_does_not_heed_it(bool heeds)
    {
        using var client = new ScriptedClient(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, heeds ? token : Ct);
            return ScriptedClient.Response(Good);
        });
        var adviser = AdviserOf(client);

        var asked = adviser.AskAsync(Samples.Question("a", "b"), Ct);
        _time.Advance(TimeSpan.FromSeconds(10));

        var absent = Assert.IsType<AdviceOutcome.Absent>(await asked);
        Assert.Equal((AbsenceCause.Late, TimeSpan.FromSeconds(10)), (absent.Cause, absent.Provenance.Latency));
        // The endpoint may have counted them.
        Assert.True(absent.Provenance.Tokens > 0 && _budget.UsedToday == absent.Provenance.Tokens);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_no_absence()
    {
        using var client = new ScriptedClient(static async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException();
        });
        using var caller = new CancellationTokenSource();

        var asked = AdviserOf(client).AskAsync(Samples.Question("a", "b"), caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task The_budget_of_a_day_ends_and_begins_anew()
    {
        using var client = ScriptedClient.Answering(Good, tokens: 2_000);
        var adviser = AdviserOf(client, perDay: 4_500);

        Assert.IsType<AdviceOutcome.Given>(await adviser.AskAsync(Samples.Question("a", "b"), Ct));
        Assert.IsType<AdviceOutcome.Given>(await adviser.AskAsync(Samples.Question("a", "b"), Ct));
        var absent = Assert.IsType<AdviceOutcome.Absent>(await adviser.AskAsync(Samples.Question("a", "b"), Ct));
        _time.Advance(TimeSpan.FromHours(12));

        Assert.Equal((AbsenceCause.Budget, 2), (absent.Cause, client.Calls));
        Assert.Equal(0, _budget.UsedToday);
        Assert.IsType<AdviceOutcome.Given>(await adviser.AskAsync(Samples.Question("a", "b"), Ct));
    }

    [Fact]
    public async Task Questions_at_once_do_not_overdraw_and_a_missing_count_keeps_the_estimate()
    {
        var answer = new TaskCompletionSource<ChatResponse>();
        using var client = new ScriptedClient(_ => answer.Task);
        var adviser = AdviserOf(client, perDay: 2_500);

        var asked = Enumerable.Range(0, 8).Select(_ => adviser.AskAsync(Samples.Question("a", "b"), Ct)).ToList();
        answer.SetResult(ScriptedClient.Response(Good, tokens: null));
        var outcomes = await Task.WhenAll(asked);

        Assert.InRange(outcomes.OfType<AdviceOutcome.Given>().Count(), 1, 3);
        Assert.InRange(_budget.UsedToday, 1, 2_500);
        Assert.Equal(_budget.UsedToday, outcomes.Sum(static outcome => outcome.Provenance.Tokens));
    }

    [Fact]
    public async Task A_question_of_too_many_tokens_is_not_asked()
    {
        using var client = ScriptedClient.Answering(Good);
        var adviser = AdviserOf(client, new AdviserLimits { MaxTokensPerCall = 600 });

        var absent = Assert.IsType<AdviceOutcome.Absent>(await adviser.AskAsync(Samples.Question("a", "b"), Ct));

        Assert.Equal((AbsenceCause.Budget, 0), (absent.Cause, client.Calls));
    }

    [Fact]
    public void A_released_template_does_not_change() =>
        Assert.Equal("a3ba336946f34d9ce8c32969008fe2eb8df82103d8b4e958f73592021c500b87", PromptTemplate.Load("advice", 1).Sha256);

    private Adviser AdviserOf(ScriptedClient client, AdviserLimits? limits = null, long perDay = 1_000_000)
    {
        _budget = new TokenBudget(perDay, _time);
        return new Adviser(client, limits ?? new AdviserLimits(), _budget, _time, NullLogger<Adviser>.Instance);
    }

    private async Task AdvanceUntilDoneAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }
    }
}
