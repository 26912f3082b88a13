using System.Net;
using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;

namespace AITrader.Venues.Kite.Orders;

/// <summary>Zerodha by Kite Connect: regular orders. Safe from any thread.</summary>
/// <remarks>
/// A session that is over is renewed once a request: Kite refuses such a request before it looks at it. Answers of 4xx are refusals, of all
/// else it is not known whether the order was taken. The client must not send anything twice by itself.
/// </remarks>
/// <param name="client">Sends.</param>
/// <param name="sessions">Signs in.</param>
/// <param name="options">Product, and how long to wait for an answer.</param>
/// <param name="time">Time.</param>
public sealed class KiteBroker(KiteOrderClient client, KiteSessions sessions, KiteBrokerOptions options, TimeProvider time) : IBroker
{
    private const string Variety = "regular";

    private readonly KiteBudgets _budgets = new(time);

    /// <inheritdoc/>
    public string Name => "kite";

    /// <inheritdoc/>
    public BrokerCapabilities Capabilities => BrokerCapabilities.Stop | BrokerCapabilities.StopLimit | BrokerCapabilities.Ioc;

    /// <inheritdoc/>
    public string TagOf(Guid orderId) => KiteTag.Of(orderId);

    /// <inheritdoc/>
    public Task<BrokerAnswer> PlaceAsync(OrderRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var fields = KiteOrderForm.New(request, options, TagOf(request.Id));
        return ChangeAsync(_budgets.SpendOrderAsync, (caller, limited) => client.PlaceAsync(caller, Variety, fields, limited), ct);
    }

    /// <inheritdoc/>
    public Task<BrokerAnswer> ModifyAsync(string brokerOrderId, OrderRequest changed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var fields = KiteOrderForm.Terms(changed);
        return ChangeAsync(
            _budgets.SpendAsync,
            (caller, limited) => client.ModifyAsync(caller, Variety, brokerOrderId, fields, limited),
            ct
        );
    }

    /// <inheritdoc/>
    public Task<BrokerAnswer> CancelAsync(string brokerOrderId, CancellationToken ct) =>
        ChangeAsync(_budgets.SpendAsync, (caller, limited) => client.CancelAsync(caller, Variety, brokerOrderId, limited), ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BrokerOrder>> GetOrdersAsync(CancellationToken ct) =>
        [.. (await ReadAsync(client.GetOrdersAsync, ct)).Select(KiteBooks.Order)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BrokerExecution>> GetExecutionsAsync(CancellationToken ct) =>
        [.. (await ReadAsync(client.GetTradesAsync, ct)).Select(KiteBooks.Execution)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BrokerPosition>> GetPositionsAsync(CancellationToken ct) =>
        [.. (await ReadAsync(client.GetPositionsAsync, ct)).Net.Select(KiteBooks.Position)];

    /// <inheritdoc/>
    public async Task<decimal> GetAvailableFundsAsync(CancellationToken ct) => (await ReadAsync(client.GetFundsAsync, ct)).Net;

    private async Task<BrokerAnswer> ChangeAsync(
        Func<CancellationToken, Task> spend,
        Func<KiteCredentials, CancellationToken, Task<KiteOrderId>> send,
        CancellationToken ct
    )
    {
        try
        {
            return (await SignedAsync(spend, send, ct)).OrderId is { Length: > 0 } id
                ? new BrokerAnswer.Accepted(id)
                : new BrokerAnswer.Unknown("Kite's answer holds no order id.");
        }
        catch (UnsignedException unsent)
        {
            return new BrokerAnswer.Refused("Unsigned", unsent.Message) { IsTransient = true };
        }
        catch (KiteException refusal) when ((int)refusal.Status is >= 400 and < 500)
        {
            return new BrokerAnswer.Refused(refusal.ErrorType, refusal.Message) { IsTransient = refusal.IsTransient };
        }
        catch (KiteException broken)
        {
            return new BrokerAnswer.Unknown($"{(int)broken.Status} {broken.ErrorType}: {broken.Message}");
        }
        catch (HttpRequestException never)
            when (never.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return new BrokerAnswer.Refused("Unreachable", never.Message) { IsTransient = true };
        }
        catch (HttpRequestException lost)
        {
            return new BrokerAnswer.Unknown(lost.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new BrokerAnswer.Unknown($"no answer within {options.AnswerLimit.TotalSeconds} s");
        }
    }

    private async Task<T> ReadAsync<T>(Func<KiteCredentials, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        try
        {
            return await SignedAsync(_budgets.SpendAsync, read, ct);
        }
        catch (UnsignedException unsent)
        {
            throw new BrokerUnavailableException(string.Empty, unsent.Message, unsent);
        }
        catch (KiteException refusal)
        {
            throw new BrokerUnavailableException(refusal.ErrorType, refusal.Message, refusal);
        }
        catch (HttpRequestException lost)
        {
            throw new BrokerUnavailableException(string.Empty, lost.Message, lost);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new BrokerUnavailableException(string.Empty, $"no answer within {options.AnswerLimit.TotalSeconds} s", late);
        }
    }

    // The budget comes last: what waits for a session must not be sent in one burst afterwards.
    private async Task<T> SignedAsync<T>(
        Func<CancellationToken, Task> spend,
        Func<KiteCredentials, CancellationToken, Task<T>> send,
        CancellationToken ct
    )
    {
        var caller = await SessionAsync(sessions.GetAsync, ct);
        try
        {
            await spend(ct);
            return await LimitedAsync(limited => send(caller, limited), ct);
        }
        catch (KiteException over) when (over is { IsSessionOver: true, Status: HttpStatusCode.Forbidden })
        {
            var next = await SessionAsync(limited => sessions.RenewAsync(caller, limited), ct);
            await spend(ct);
            return await LimitedAsync(limited => send(next, limited), ct);
        }
    }

    // Without a session nothing was sent: that Kite does not sign us in now says nothing about an order.
    private async Task<KiteCredentials> SessionAsync(Func<CancellationToken, Task<KiteCredentials>> session, CancellationToken ct)
    {
        try
        {
            return await LimitedAsync(session, ct);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new UnsignedException($"no session within {options.AnswerLimit.TotalSeconds} s", late);
        }
        catch (Exception failed) when (failed is HttpRequestException or KiteException { Status: >= HttpStatusCode.InternalServerError })
        {
            throw new UnsignedException($"no session: {failed.Message}", failed);
        }
    }

    private async Task<T> LimitedAsync<T>(Func<CancellationToken, Task<T>> send, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.AnswerLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        return await send(both.Token);
    }

    private sealed class UnsignedException(string message, Exception inner) : Exception(message, inner);
}
