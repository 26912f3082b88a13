using AITrader.ServiceDefaults.Problems;
using AITrader.Storage.Flags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Problems;

/// <summary>Every refusal of the gateway. The reasons are part of the contract.</summary>
internal static class BackendProblems
{
    private const string NewLink = "./aitrader sign-in makes a new link.";

    public static ProblemHttpResult WrongCode() =>
        ServiceProblem.Of(StatusCodes.Status401Unauthorized, "wrong-code", $"This is not a sign-in code of this system. {NewLink}");

    public static ProblemHttpResult UsedCode() =>
        ServiceProblem.Of(
            StatusCodes.Status401Unauthorized,
            "code-over",
            $"This sign-in link was used before, or its hour is over: each works once. {NewLink}"
        );

    public static ProblemHttpResult WrongAdminKey() =>
        ServiceProblem.Of(
            StatusCodes.Status401Unauthorized,
            "wrong-admin-key",
            "Sign-in links are made for the holder of Auth:AdminKey: send it as Authorization: AdminKey <key>."
        );

    public static ProblemHttpResult TooManyRefusals() =>
        ServiceProblem.Of(
            StatusCodes.Status429TooManyRequests,
            "too-many-refusals",
            "Too many wrong codes or keys came from this address; the Retry-After header says in how many seconds one more is looked at. A right one is taken at any time."
        );

    public static ProblemHttpResult LimitOutOfRange(int limit, int largest) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "limit-out-of-range", $"limit is {limit}; it must be between 1 and {largest}.");

    public static ProblemHttpResult MalformedCursor() =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "malformed-cursor", "before is not a cursor of this list.");

    public static ProblemHttpResult UnknownSymbol(string symbol) =>
        ServiceProblem.Of(
            StatusCodes.Status400BadRequest,
            "unknown-symbol",
            $"symbol '{symbol}' is neither listed nor has it ever been seen."
        );

    public static ProblemHttpResult UnknownStatus(string status) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "unknown-status", $"status '{status}' is no order state.");

    public static ProblemHttpResult UnknownOrder(Guid id) =>
        ServiceProblem.Of(StatusCodes.Status404NotFound, "unknown-order", $"There is no order {id}.");

    public static ProblemHttpResult UnknownDecision(Guid id) =>
        ServiceProblem.Of(StatusCodes.Status404NotFound, "unknown-decision", $"There is no decision {id}.");

    public static ProblemHttpResult NoBook(string symbol) =>
        ServiceProblem.Of(
            StatusCodes.Status404NotFound,
            "no-book",
            $"There is no order book of '{symbol}' from the last minute. Start a replay of data that has it (POST /api/v1/replay), or see at market-data's /ready why its feed is silent."
        );

    public static ProblemHttpResult UnknownTradingState(string state) =>
        ServiceProblem.Of(
            StatusCodes.Status400BadRequest,
            "unknown-trading-state",
            $"state '{state}' is none of ACTIVE, REDUCING, HALTED."
        );

    public static ProblemHttpResult ReasonRequired(int longest) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "reason-required", $"Say why, in at most {longest} characters.");

    public static ProblemHttpResult UnknownRun(string run) =>
        ServiceProblem.Of(
            StatusCodes.Status404NotFound,
            "unknown-run",
            $"There is no run '{run}': GET /api/v1/runs lists them; live is the live one, * stands for all."
        );

    public static ProblemHttpResult RunIsOver(string run) =>
        ServiceProblem.Of(
            StatusCodes.Status409Conflict,
            "run-is-over",
            $"Run '{run}' is not running: leave run out for the live account, or name the replay that GET /api/v1/runs shows as running."
        );

    public static ProblemHttpResult UnknownRunKind(string kind) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "unknown-kind", $"kind '{kind}' is none of live, paper, replay, backtest.");

    public static ProblemHttpResult LiveRunStays() =>
        ServiceProblem.Of(
            StatusCodes.Status409Conflict,
            "live-run-stays",
            "The live run is never deleted. Replays and backtests are: name one that GET /api/v1/runs shows as ended."
        );

    public static ProblemHttpResult RunIsRunning(string run) =>
        ServiceProblem.Of(
            StatusCodes.Status409Conflict,
            "run-is-running",
            $"Run '{run}' has not ended: end it first (POST /api/v1/replay/stop, ./aitrader replay stop), then delete it."
        );

    public static ProblemHttpResult BadComparison(int most) =>
        ServiceProblem.Of(
            StatusCodes.Status400BadRequest,
            "bad-comparison",
            $"ids names 2 to {most} different runs with commas between them, such as ids=live,NAME; GET /api/v1/runs lists them."
        );

    public static ProblemHttpResult BadBacktest(string detail) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "bad-backtest", detail);

    public static ProblemHttpResult PointsOutOfRange(int points, int least, int most) =>
        ServiceProblem.Of(
            StatusCodes.Status400BadRequest,
            "points-out-of-range",
            $"points is {points}; it must be between {least} and {most}. The whole curve is at /export/equity."
        );

    public static ProblemHttpResult UnknownTable(string table, IEnumerable<string> known) =>
        ServiceProblem.Of(StatusCodes.Status404NotFound, "unknown-table", $"'{table}' is none of {string.Join(", ", known)}.");

    public static ProblemHttpResult NoAccount() =>
        ServiceProblem.Of(
            StatusCodes.Status503ServiceUnavailable,
            "account-missing",
            "The database has no account yet: the migrations have not run."
        );

    public static ProblemHttpResult BadRange(string detail) => ServiceProblem.Of(StatusCodes.Status400BadRequest, "bad-range", detail);

    public static ProblemHttpResult UnknownFormat(string format) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "unknown-format", $"format '{format}' is neither csv nor parquet.");

    public static ProblemHttpResult UnknownInterval(string? interval, IEnumerable<string> known) =>
        ServiceProblem.Of(
            StatusCodes.Status400BadRequest,
            "unknown-interval",
            $"interval '{interval}' is none of {string.Join(", ", known)}."
        );

    public static ProblemHttpResult UnknownKind(string kind) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "unknown-kind", $"kind '{kind}' is neither trade nor quote.");

    public static ProblemHttpResult NoTicks() =>
        ServiceProblem.Of(
            StatusCodes.Status404NotFound,
            "no-ticks",
            "No ticks of this symbol are stored in this range; /api/v1/ticks/gaps shows what is there."
        );

    public static ProblemHttpResult TooManyExports(int most) =>
        ServiceProblem.Of(
            StatusCodes.Status503ServiceUnavailable,
            "too-many-exports",
            $"{most} exports are under way already; try again when one is done."
        );

    public static ProblemHttpResult MarketDataAway() =>
        ServiceProblem.Of(
            StatusCodes.Status503ServiceUnavailable,
            "market-data-away",
            "market-data, which replays, does not answer; see /api/status, and try again."
        );

    public static ProblemHttpResult StrategyEngineAway() =>
        ServiceProblem.Of(
            StatusCodes.Status503ServiceUnavailable,
            "strategy-engine-away",
            "strategy-engine, which hosts the strategies, does not answer; see /api/status, and try again."
        );

    public static ProblemHttpResult ExecutionEngineAway() =>
        ServiceProblem.Of(
            StatusCodes.Status503ServiceUnavailable,
            "execution-engine-away",
            "execution-engine, which keeps the account, does not answer; see /api/status, and try again."
        );

    public static ProblemHttpResult WebSocketRequired() =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "websocket-required", "This address speaks WebSocket only.");

    public static ProblemHttpResult TooManyMonitors(int limit) =>
        ServiceProblem.Of(StatusCodes.Status503ServiceUnavailable, "too-many-monitors", $"{limit} monitors are connected already.");

    public static ProblemHttpResult BadLimits(string detail) => ServiceProblem.Of(StatusCodes.Status400BadRequest, "bad-limits", detail);

    public static ProblemHttpResult UnknownScope(string? scope) =>
        ServiceProblem.Of(
            StatusCodes.Status400BadRequest,
            "unknown-scope",
            $"'{scope}' is no scope: limits are of the account, of strategy/NAME or of symbol/NAME."
        );

    public static ProblemHttpResult UnknownProposal(Guid id) =>
        ServiceProblem.Of(
            StatusCodes.Status404NotFound,
            "unknown-proposal",
            $"No proposal {id} waits for a confirmation: it was confirmed, or its ten minutes are over. Propose the limits again."
        );

    public static ProblemHttpResult RaisingNeedsAdministrator(IReadOnlyList<string> raised) =>
        ServiceProblem.Of(
            StatusCodes.Status403Forbidden,
            "raising-needs-administrator",
            $"This raises {string.Join(", ", raised)}: only an administrator may, and has to confirm it."
        );

    public static ProblemHttpResult LimitsChanged(string scope, string name) =>
        ServiceProblem.Of(
            StatusCodes.Status409Conflict,
            "limits-changed",
            $"The limits of {(name.Length > 0 ? $"{scope} {name}" : scope)} were changed meanwhile. Read them again, then repeat the change."
        );

    public static ProblemHttpResult NotSwitchedOff(string? strategy) =>
        ServiceProblem.Of(StatusCodes.Status409Conflict, "not-switched-off", $"{strategy ?? "The account"} is not switched off.");

    public static ProblemHttpResult UnknownFlag(string name, IReadOnlyList<FeatureFlag> known) =>
        ServiceProblem.Of(
            StatusCodes.Status404NotFound,
            "unknown-flag",
            $"There is no flag '{name}'. There are {string.Join(", ", known.Select(static flag => flag.Name))}."
        );

    public static ProblemHttpResult BadKey(string header) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "bad-key", $"{header} must be a UUID; leave it out and one is made.");

    public static ProblemHttpResult BadOrder(string detail) => ServiceProblem.Of(StatusCodes.Status400BadRequest, "bad-order", detail);

    public static ProblemHttpResult OrderIsDone(Guid id, string status) =>
        ServiceProblem.Of(StatusCodes.Status409Conflict, "order-is-done", $"Order {id} is {status}: nothing of it works any more.");

    public static ProblemHttpResult BadAdjustment(string detail) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "bad-adjustment", detail);

    public static ProblemHttpResult AdjustedAlready(string kind, string symbol, string exDate) =>
        ServiceProblem.Of(
            StatusCodes.Status409Conflict,
            "adjusted-already",
            $"A {kind} of {symbol} with ex-date {exDate} was asked for before: GET /api/v1/adjustments shows what came of it."
        );

    public static ProblemHttpResult KeyTaken(string header, Guid key) =>
        ServiceProblem.Of(
            StatusCodes.Status409Conflict,
            "key-taken",
            $"{header} {key} belongs to another request. Give each request a key of its own; the same request may be repeated under its own."
        );

    public static ProblemHttpResult NoRecord(Guid id) =>
        ServiceProblem.Of(
            StatusCodes.Status409Conflict,
            "no-record",
            $"Decision {id} was made before decisions kept all that they follow from: it cannot be made again."
        );
}
