using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using AITrader.Backend.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Tests;

public sealed class SignInTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_gives_a_session_of_eight_hours_and_leaves_audit_events()
    {
        var code = await fixture.Gateway.CodeAsync();

        using var answer = await SignInAsync(fixture.Gateway, code);

        var session = await Gateway.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("admin", session.GetProperty("user").GetProperty("username").GetString());
        Assert.Equal("admin", session.GetProperty("user").GetProperty("role").GetString());
        Assert.Equal(8, (session.GetProperty("expires_at").GetDateTimeOffset() - TimeProvider.System.GetUtcNow()).TotalHours, 0.1);
        await using var db = fixture.Gateway.NewContext();
        Assert.True(await db.AuditEvents.AnyAsync(static row => row.EventType == "auth.link_made", Ct));
        Assert.True(await db.AuditEvents.AnyAsync(static row => row.EventType == "auth.sign_in", Ct));
        var admin = await db.Users.SingleAsync(static row => row.Username == "admin" && row.Role == "admin", Ct);
        Assert.Equal(1, await db.AuditEvents.CountAsync(row => row.EventType == "user.created" && row.EntityId == admin.Id.ToString(), Ct));
    }

    [Fact]
    public async Task A_link_says_when_its_hour_is_over()
    {
        using var answer = await LinkAsync(fixture.Gateway, $"AdminKey {Gateway.AdminKey}");

        var link = await Gateway.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal(60, (link.GetProperty("expires_at").GetDateTimeOffset() - TimeProvider.System.GetUtcNow()).TotalMinutes, 1.0);
        Assert.Matches("^ait_[A-Za-z0-9_-]{43}$", link.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_second_use_is_refused_and_told_where_new_links_come_from()
    {
        var code = await fixture.Gateway.CodeAsync();
        (await SignInAsync(fixture.Gateway, code)).Dispose();

        using var again = await SignInAsync(fixture.Gateway, code);

        await AssertRefusedAsync(again, "code-over");
    }

    [Fact]
    public async Task Of_many_who_come_together_with_one_code_at_two_instances_one_signs_in()
    {
        await using var other = await Gateway.StartAsync(fixture.Database, fixture.Redis, ("Traffic:SignInsPerMinute", "1000"));
        var code = await fixture.Gateway.CodeAsync();

        var statuses = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async n =>
                {
                    using var answer = await SignInAsync(n % 2 == 0 ? fixture.Gateway : other, code);
                    return answer.StatusCode;
                })
        );

        Assert.Single(statuses, HttpStatusCode.OK);
        Assert.Equal(19, statuses.Count(static status => status == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_link_whose_hour_is_over_signs_nobody_in_and_is_forgotten()
    {
        var code = await fixture.Gateway.CodeAsync();
        var hash = SignInCodes.HashOf(code);
        await using var db = fixture.Gateway.NewContext();
        var past = TimeProvider.System.GetUtcNow();
        await db
            .SignInCodes.Where(row => row.Hash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(static row => row.ExpiresAt, past), Ct);

        using var answer = await SignInAsync(fixture.Gateway, code);

        await AssertRefusedAsync(answer, "code-over");
        await fixture.Gateway.CodeAsync();
        Assert.False(await db.SignInCodes.AnyAsync(row => row.Hash == hash, Ct));
    }

    [Fact]
    public async Task A_link_dies_with_its_user()
    {
        await using var gateway = await Gateway.StartAsync(fixture.Database, fixture.Redis, ("Auth:AdminUsername", "leaver"));
        var code = await gateway.CodeAsync();
        await using var db = gateway.NewContext();
        Assert.Equal(1, await db.Users.Where(static row => row.Username == "leaver").ExecuteDeleteAsync(Ct));

        using var answer = await SignInAsync(gateway, code);

        await AssertRefusedAsync(answer, "code-over");
    }

    [Fact]
    public async Task The_key_itself_signs_nobody_in()
    {
        using var answer = await SignInAsync(fixture.Gateway, Gateway.AdminKey);

        await AssertRefusedAsync(answer, "wrong-code");
        using var client = fixture.Gateway.ClientWith(Gateway.AdminKey);
        using var status = await client.GetAsync("/api/status", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, status.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("AdminKey")]
    [InlineData("AdminKey wrong")]
    [InlineData($"Bearer {Gateway.AdminKey}")]
    [InlineData($"Basic {Gateway.AdminKey}")]
    public async Task Links_are_made_for_the_holder_of_the_key_alone(string? header)
    {
        using var answer = await LinkAsync(fixture.Gateway, header);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("urn:aitrader:backend:wrong-admin-key", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_database_knows_no_code()
    {
        var code = await fixture.Gateway.CodeAsync();
        (await SignInAsync(fixture.Gateway, code)).Dispose();
        var unused = await fixture.Gateway.CodeAsync();

        await using var db = fixture.Gateway.NewContext();
        var rows = await db
            .Database.SqlQuery<string>(
                $"""
                SELECT coalesce((SELECT json_agg(t)::text FROM sign_in_codes t), '') || coalesce((SELECT json_agg(t)::text FROM audit_events t), '')
                    || coalesce((SELECT json_agg(t)::text FROM users t), '') AS "Value"
                """
            )
            .SingleAsync(Ct);
        Assert.Contains("auth.link_made", rows);
        Assert.DoesNotContain("ait_", rows);
        Assert.True(await db.SignInCodes.AnyAsync(row => row.Hash == SignInCodes.HashOf(unused), Ct));
    }

    [Fact]
    public async Task A_wrong_code_is_refused_and_remembered_without_itself()
    {
        using var answer = await SignInAsync(fixture.Gateway, "a-guess-to-look-for");

        await AssertRefusedAsync(answer, "wrong-code");
        await using var db = fixture.Gateway.NewContext();
        Assert.True(
            await db.AuditEvents.AnyAsync(static row => row.EventType == "auth.sign_in_refused" && row.EntityId == "127.0.0.1", Ct)
        );
        Assert.All(await db.AuditEvents.Select(static row => row.Changes).ToListAsync(Ct), static changes =>
            Assert.DoesNotContain("a-guess", changes)
        );
    }

    [Theory]
    [InlineData("""{"code":42}""")]
    [InlineData("""{"password":"x"}""")]
    [InlineData("""{}""")]
    [InlineData("""not json""")]
    public async Task A_malformed_sign_in_is_a_bad_request(string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var answer = await fixture.Gateway.Anonymous.PostAsync("/api/auth/sign-in", content, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_long_body_is_not_read()
    {
        using var answer = await SignInAsync(fixture.Gateway, new string('x', 2000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Guesses_are_slowed_down_and_the_right_code_is_not()
    {
        await using var strict = await Gateway.StartAsync(fixture.Database, fixture.Redis, ("Traffic:SignInsPerMinute", "3"));
        for (var guess = 0; guess < 3; guess++)
        {
            using var refused = await SignInAsync(strict, "guess");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Equal($"{2 - guess}", Assert.Single(refused.Headers.GetValues("RateLimit-Remaining")));
        }

        await using var db = strict.NewContext();
        var remembered = await db.AuditEvents.CountAsync(Ct);
        for (var guess = 0; guess < 20; guess++)
        {
            using var slowed = guess % 2 == 0 ? await SignInAsync(strict, "guess") : await LinkAsync(strict, "AdminKey guess");
            Assert.Equal(HttpStatusCode.TooManyRequests, slowed.StatusCode);
            Assert.Equal(20, slowed.Headers.RetryAfter?.Delta?.TotalSeconds);
            Assert.Equal("urn:aitrader:backend:too-many-refusals", (await Gateway.JsonAsync(slowed)).GetProperty("type").GetString());
        }

        Assert.Equal(remembered, await db.AuditEvents.CountAsync(Ct));
        using var right = await SignInAsync(strict, await strict.CodeAsync());
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public void A_code_of_another_system_or_with_a_letter_changed_is_known_without_the_database()
    {
        var codes = CodesOf(Gateway.SigningKey);
        var code = codes.Create();

        Assert.True(codes.IsGenuine(code));
        Assert.False(CodesOf(new string('x', 40)).IsGenuine(code));
        for (var place = 0; place < code.Length; place++)
        {
            // The last letter has two bits that say nothing: a decoder that let them pass would take four spellings of one code.
            var other = code[place] == 'A' ? 'B' : 'A';
            Assert.False(codes.IsGenuine($"{code[..place]}{other}{code[(place + 1)..]}"));
        }

        Assert.NotEqual(code, codes.Create());
    }

    private static SignInCodes CodesOf(string key) => new(Options.Create(new AuthOptions { SigningKey = key }));

    private static Task<HttpResponseMessage> SignInAsync(Gateway gateway, string code) =>
        gateway.Anonymous.PostAsJsonAsync("/api/auth/sign-in", new { code }, Ct);

    private static async Task<HttpResponseMessage> LinkAsync(Gateway gateway, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/links");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await gateway.Anonymous.SendAsync(request, Ct);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string reason)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var problem = await Gateway.JsonAsync(answer);
        Assert.Equal($"urn:aitrader:backend:{reason}", problem.GetProperty("type").GetString());
        Assert.Contains("./aitrader sign-in", problem.GetProperty("detail").GetString());
    }
}
