namespace AITrader.ServiceDefaults.Correlation;

/// <summary>Passes the correlation id on to the services that are called.</summary>
internal sealed class CorrelationHandler : DelegatingHandler
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Attach(request);
        return base.Send(request, cancellationToken);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Attach(request);
        return base.SendAsync(request, cancellationToken);
    }

    private static void Attach(HttpRequestMessage request)
    {
        if (CorrelationId.Current is { } id && !request.Headers.Contains(CorrelationId.Header))
        {
            request.Headers.Add(CorrelationId.Header, id);
        }
    }
}
