using System.Security.Claims;
using System.Text.Json;
using AITrader.Backend.Auth;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Domain.Ids;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using AITrader.Trading.Risk;

namespace AITrader.Backend.Risk;

/// <summary>Changes limits: what only lowers them holds at once; what raises one needs an administrator, who confirms it.</summary>
internal sealed class RiskChanges(RiskStore store, IIdSource ids, TimeProvider time)
{
    private static readonly TimeSpan ProposalLife = TimeSpan.FromMinutes(10);

    /// <summary>Limits as numbers by name.</summary>
    public static IReadOnlyDictionary<string, decimal> NumbersOf(string json) =>
        JsonSerializer.Deserialize<SortedDictionary<string, decimal>>(json)!;

    public async Task<IResult> SetAsync(string scope, string name, LimitsRequest request, ClaimsPrincipal user, CancellationToken ct)
    {
        var proposed = NamedLimits.Read(request.Limits, out var problem);
        if (problem.Length > 0)
        {
            return BackendProblems.BadLimits(problem);
        }

        var row = await store.FindAsync(scope, name, ct);
        var limits = new NewLimits(scope, name, TextOf(proposed), row?.Version ?? 0, user.UserId);
        return LimitChange.Decide(LimitsOf(row), proposed, confirmation: null) switch
        {
            LimitChange.NeedsConfirmation raising => await ProposeAsync(limits, raising.Raised, user, ct),
            LimitChange.Applied => await ApplyAsync(limits, proposal: null, ct),
            _ => TypedResults.Ok(new LimitsResponse(scope, name, NamedLimits.Of(proposed), limits.BaseVersion, row?.UpdatedAt)),
        };
    }

    public async Task<IResult> ConfirmAsync(Guid id, ClaimsPrincipal user, CancellationToken ct)
    {
        var proposal = await store.FindProposalAsync(id, ct);
        return proposal is null || proposal.ConfirmedAt is not null || proposal.ExpiresAt <= time.GetUtcNow()
            ? BackendProblems.UnknownProposal(id)
            : await ApplyAsync(new NewLimits(proposal.Scope, proposal.Name, proposal.Limits, proposal.BaseVersion, user.UserId), id, ct);
    }

    private async Task<IResult> ProposeAsync(NewLimits limits, IReadOnlyList<string> raised, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!user.IsInRole(AuthHostExtensions.AdminRole))
        {
            return BackendProblems.RaisingNeedsAdministrator(raised);
        }

        var now = time.GetUtcNow();
        var row = new RiskProposalRow
        {
            Id = ids.NewId(),
            Scope = limits.Scope,
            Name = limits.Name,
            Limits = limits.Limits,
            BaseVersion = limits.BaseVersion,
            Raised = string.Join(' ', raised),
            ProposedBy = user.UserId,
            CreatedAt = now,
            ExpiresAt = now + ProposalLife,
        };
        await store.ProposeAsync(row, ct);
        return TypedResults.Accepted($"/api/v1/risk/proposals/{row.Id}", ResponseOf(row));
    }

    private async Task<IResult> ApplyAsync(NewLimits limits, Guid? proposal, CancellationToken ct) =>
        await store.SetAsync(limits, proposal, ct) is { } row
            ? TypedResults.Ok(new LimitsResponse(row.Scope, row.Name, NumbersOf(row.Limits), row.Version, row.UpdatedAt))
            : BackendProblems.LimitsChanged(limits.Scope, limits.Name);

    internal static ProposalResponse ResponseOf(RiskProposalRow row) =>
        new(row.Id, row.Scope, row.Name, NumbersOf(row.Limits), row.Raised.Split(' '), row.ExpiresAt);

    private static RiskLimits LimitsOf(RiskLimitRow? row) =>
        row is null ? RiskLimits.Unlimited : NamedLimits.Read(NumbersOf(row.Limits), out _);

    private static string TextOf(RiskLimits limits) => JsonSerializer.Serialize(NamedLimits.Of(limits));
}
