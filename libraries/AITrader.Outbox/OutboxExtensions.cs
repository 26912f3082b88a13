using AITrader.Storage.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.Outbox;

/// <summary>Connects the outbox of a service, which Storage keeps, to the bus, which Messaging writes.</summary>
public static class OutboxExtensions
{
    /// <summary>Lets <see cref="IOutboxRelay.FlushAsync"/> publish the stored messages to the bus. The service has added Storage and
    /// Messaging.</summary>
    public static IHostApplicationBuilder AddBusOutbox(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IOutboxPublisher, BusOutboxPublisher>();
        return builder;
    }

    /// <summary>Flushes the outbox every two seconds too, so that what a failed flush left behind is published without a new
    /// message.</summary>
    public static IHostApplicationBuilder AddOutboxLoop(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHostedService<OutboxLoop>();
        return builder;
    }
}
