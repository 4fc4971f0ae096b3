namespace Aspire.Hosting.Running;

/// <summary>Asks one replica whether it is healthy.</summary>
internal sealed class HealthCheck(HttpClient client)
{
    /// <returns>Null when healthy; otherwise what is wrong, as the end of a sentence.</returns>
    public async Task<string?> FaultAsync(Uri url, int expected, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(
                url,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            return (int)response.StatusCode == expected
                ? null
                : $"{url} answers {(int)response.StatusCode}, not {expected}";
        }
        catch (HttpRequestException fault)
        {
            return $"{url} does not answer ({fault.HttpRequestError})";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{url} does not answer within {client.Timeout.TotalSeconds:0} s";
        }
    }
}
