using System.ComponentModel.DataAnnotations;

namespace AITrader.Venues.Kite.Orders;

/// <summary>How orders go to Kite.</summary>
public sealed class KiteBrokerOptions
{
    /// <summary>Product of all orders: MIS for positions of the day, CNC for delivery, NRML, MTF.</summary>
    [RegularExpression("CNC|NRML|MIS|MTF")]
    public string Product { get; set; } = "MIS";

    /// <summary>The exchange's id of the algorithm, which each order carries; empty where none is given.</summary>
    public string AlgoId { get; set; } = string.Empty;

    /// <summary>How long to wait for an answer. What was sent and not answered by then is unknown.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan AnswerLimit { get; set; } = TimeSpan.FromSeconds(7);
}
