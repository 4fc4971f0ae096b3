namespace Bench.Draining;

/// <summary>List prices of us-east-1. Each request here is smaller than the 64 KiB that SQS bills as one; reads are left out.</summary>
internal static class Price
{
    private const double MillionSqsRequests = 0.40;
    private const double MillionWriteUnits = 0.625;

    /// <returns>Dollars for a million events.</returns>
    public static double OfMillion(double sqsRequestsPerThousand, double writeUnitsPerThousand) =>
        (sqsRequestsPerThousand * MillionSqsRequests + writeUnitsPerThousand * MillionWriteUnits) / 1_000;
}
