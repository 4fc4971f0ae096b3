using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Deploy.Tests.Deploying;

/// <summary>
/// What speaks AWS and makes CloudFormation stacks: what DEPLOY_ENDPOINT names (LocalStack, say), or else moto, if this machine has it. The
/// repository installs neither; where both are missing, the tests that need one are skipped.
/// </summary>
public sealed class AwsEndpoint : IAsyncLifetime
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private Process? _moto;
    private HttpClient? _http;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("DEPLOY_ENDPOINT") is { Length: > 0 } given)
        {
            _http = new HttpClient { BaseAddress = new Uri(given) };
        }
        else if (Find("moto_server") is { } program)
        {
            await StartAsync(program);
        }
    }

    public ValueTask DisposeAsync()
    {
        _http?.Dispose();
        _moto?.StandardInput.Close();
        _moto?.WaitForExit();
        _moto?.Dispose();
        return ValueTask.CompletedTask;
    }

    public void SkipWithout() =>
        Assert.SkipWhen(_http is null, "There is no moto_server on the PATH and no DEPLOY_ENDPOINT to deploy to.");

    /// <summary>A call of a service that speaks JSON.</summary>
    /// <param name="target">The version and the name of the call, as in AWSEvents.PutEvents.</param>
    internal async Task<JsonObject> CallAsync(
        string service,
        string target,
        JsonObject request,
        CancellationToken cancellationToken
    )
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = JsonContent.Create(
                request,
                new MediaTypeHeaderValue(
                    service == "events" ? "application/x-amz-json-1.1" : "application/x-amz-json-1.0"
                )
            ),
        };
        message.Headers.Add("X-Amz-Target", target);
        return JsonNode.Parse(await SendAsync(service, message, cancellationToken))!.AsObject();
    }

    /// <summary>A call of CloudFormation, which speaks forms and XML.</summary>
    internal async Task<XElement> CallAsync(
        IReadOnlyDictionary<string, string> form,
        CancellationToken cancellationToken
    )
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new FormUrlEncodedContent(form) };
        return XElement.Parse(await SendAsync("cloudformation", message, cancellationToken));
    }

    private async Task<string> SendAsync(
        string service,
        HttpRequestMessage message,
        CancellationToken cancellationToken
    )
    {
        // Emulators do not check the signature; they read from it which service is meant.
        message.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=none"
        );
        using var response = await _http!.SendAsync(message, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{service}: {text}");
        return text;
    }

    /// <summary>It ends with our end of its input, however this process ends.</summary>
    private async Task StartAsync(string program)
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        _moto = Process.Start(
            new ProcessStartInfo(
                "sh",
                ["-c", "\"$0\" -H 127.0.0.1 -p \"$1\" >/dev/null 2>&1 & cat >/dev/null; kill $!", program, port]
            )
            {
                RedirectStandardInput = true,
            }
        );
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < StartWithin)
        {
            try
            {
                using var answer = await http.GetAsync("/moto-api/data.json");
                _http = http;
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(LookEvery, time, CancellationToken.None);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
