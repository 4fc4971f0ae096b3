using System.IO.Compression;
using System.Text;
using Ingestor.Tests.Hosting;

namespace Ingestor.Tests.Hostile;

/// <summary>Requests whose trouble is in the HTTP around the body.</summary>
internal static class HostileHttp
{
    private const string Key = $"x-api-key: {RunningIngestor.ApiKey}";
    private const string Json = "Content-Type: application/json";

    public static IEnumerable<HostileInput> All() =>
        [.. Media(), .. Packed(), .. Framing(), .. Headers(), .. Strangers()];

    private static IEnumerable<HostileInput> Media()
    {
        foreach (
            var type in (string[])
                [
                    "",
                    "text/plain",
                    "text/json",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/json; charset=utf-16",
                    "application/json; charset=iso-8859-1",
                    "application/jsonp",
                    "application",
                    ";;;",
                    "*/*",
                    "application/x-amz-json-1.1",
                    "application/json, text/plain",
                ]
        )
        {
            yield return new HostileInput(
                $"Content-Type '{type}'",
                HostileInput.Request(
                    "POST /events HTTP/1.1",
                    Valid,
                    type.Length == 0 ? [Key] : [Key, $"Content-Type: {type}"]
                ),
                [415]
            );
        }

        foreach (var coding in (string[])["br", "deflate", "zstd", "gzip, gzip", "gzip;q=1", "nonsense", "compress"])
        {
            yield return HostileInput.Events(
                $"Content-Encoding '{coding}'",
                Valid,
                [415],
                $"Content-Encoding: {coding}"
            );
        }
    }

    private static IEnumerable<HostileInput> Packed()
    {
        const string gzip = "Content-Encoding: gzip";
        var packed = Gzip(Valid);
        yield return HostileInput.Events("packed, but not said", packed, [400]);
        yield return HostileInput.Events("said, but not packed", Valid, [400], gzip);
        yield return HostileInput.Events("nothing, packed", Gzip([]), [400], gzip);
        yield return HostileInput.Events("no bytes where a packed body should be", "", [400], gzip);
        yield return HostileInput.Events("packed twice", Gzip(packed), [400], gzip);
        yield return HostileInput.Events(
            "only the first half of a packed body",
            packed[..(packed.Length / 2)],
            [400],
            gzip
        );
        yield return HostileInput.Events("a packed body without its check sum", packed[..^8], [400], gzip);
        yield return HostileInput.Events(
            "a packed body with a wrong check sum",
            [.. packed[..^8], 1, 2, 3, 4, .. packed[^4..]],
            [400],
            gzip
        );
        yield return HostileInput.Events("a packed body with garbage in the middle", Garbled(packed), [400], gzip);
        yield return HostileInput.Events("a bomb", Gzip(new byte[100_000_000]), [413], gzip);
        yield return HostileInput.Events(
            "a bomb of arrays",
            Gzip(Encoding.UTF8.GetBytes(new string('[', 2_000_000))),
            [400],
            gzip
        );
        yield return HostileInput.Events(
            "many bombs in a row",
            [.. Enumerable.Repeat(Gzip(new byte[1_000_000]), 50).SelectMany(one => one)],
            [413],
            gzip
        );
    }

    private static IEnumerable<HostileInput> Framing()
    {
        var head = $"POST /events HTTP/1.1\nHost: localhost\n{Json}\n{Key}\n";
        yield return HostileInput.Raw(
            "chunks without an end",
            $"{head}Transfer-Encoding: chunked\n\n5\n{{\"a\":",
            0,
            400
        );
        yield return HostileInput.Raw(
            "a chunk size that is no number",
            $"{head}Transfer-Encoding: chunked\n\nzz\n{{}}\n0\n\n",
            400
        );
        yield return HostileInput.Raw(
            "a negative chunk size",
            $"{head}Transfer-Encoding: chunked\n\n-5\n{{}}\n0\n\n",
            400
        );
        yield return HostileInput.Raw(
            "a chunk size beyond all memory",
            $"{head}Transfer-Encoding: chunked\n\nFFFFFFFFFFFFFFFF\n{{}}\n0\n\n",
            400,
            413
        );
        yield return HostileInput.Raw(
            "a chunk of two gibibytes announced",
            $"{head}Transfer-Encoding: chunked\n\n7FFFFFFF\n{{}}",
            0,
            400,
            413
        );
        yield return HostileInput.Raw(
            "a chunk longer than announced",
            $"{head}Transfer-Encoding: chunked\n\n1\n{{}}\n0\n\n",
            400
        );
        yield return HostileInput.Raw("no chunks at all", $"{head}Transfer-Encoding: chunked\n\n0\n\n", 400);
        yield return HostileInput.Raw(
            "a chunk extension of garbage",
            $"{head}Transfer-Encoding: chunked\n\n2;;;==\n[]\n0\n\n",
            400
        );
        yield return HostileInput.Raw("another transfer coding", $"{head}Transfer-Encoding: gzip\n\n{{}}", 400, 501);
        yield return HostileInput.Raw(
            "chunked, and then something else",
            $"{head}Transfer-Encoding: chunked, identity\n\n0\n\n",
            400,
            501
        );
        yield return HostileInput.Raw("two lengths", $"{head}Content-Length: 2\nContent-Length: 3\n\n{{}}", 400);
        yield return HostileInput.Raw(
            "a length and chunks",
            $"{head}Content-Length: 2\nTransfer-Encoding: chunked\n\n2\n[]\n0\n\n",
            400
        );
        yield return HostileInput.Raw("a negative length", $"{head}Content-Length: -1\n\n{{}}", 400);
        yield return HostileInput.Raw("a length that is no number", $"{head}Content-Length: two\n\n{{}}", 400);
        yield return HostileInput.Raw(
            "a length beyond a long",
            $"{head}Content-Length: 99999999999999999999\n\n{{}}",
            400
        );
        yield return HostileInput.Raw("a length of a tebibyte", $"{head}Content-Length: 1099511627776\n\n{{}}", 413);
        yield return HostileInput.Raw("less than announced", $"{head}Content-Length: 1000\n\n{{\"detail\":", 0, 400);
        yield return HostileInput.Raw("no length and no chunks", $"{head}\n", 400, 411);
        yield return HostileInput.Raw("a body without a length", $"{head}\n{Encoding.UTF8.GetString(Valid)}", 400, 411);
    }

    private static IEnumerable<HostileInput> Headers()
    {
        var head = $"POST /events HTTP/1.1\nHost: localhost\n{Json}\n{Key}\nContent-Length: 2\n";
        yield return HostileInput.Raw("a header of 100 KB", $"{head}X-Long: {new string('x', 100_000)}\n\n{{}}", 431);
        yield return HostileInput.Raw(
            "1,000 headers",
            $"{head}{string.Concat(Enumerable.Range(0, 1_000).Select(number => $"X-{number}: 1\n"))}\n{{}}",
            431
        );
        yield return HostileInput.Raw(
            "a path of 100 KB",
            $"POST /{new string('x', 100_000)} HTTP/1.1\nHost: localhost\n\n",
            414
        );
        yield return HostileInput.Raw("a header without a colon", $"{head}Nonsense\n\n{{}}", 400);
        yield return HostileInput.Raw("a header without a name", $"{head}: value\n\n{{}}", 400);
        yield return HostileInput.Raw("a null in a header", $"{head}X-Null: a\0b\n\n{{}}", 400);
        yield return HostileInput.Raw("a space before the colon", $"{head}X-Space : 1\n\n{{}}", 400);
        yield return HostileInput.Raw("a folded header", $"{head}X-Folded: 1\n 2\n\n{{}}", 400);
        yield return HostileInput.Raw("no host", $"POST /events HTTP/1.1\n{Key}\nContent-Length: 0\n\n", 400);
        yield return HostileInput.Raw(
            "two hosts",
            "POST /events HTTP/1.1\nHost: a\nHost: b\nContent-Length: 0\n\n",
            400
        );
        yield return HostileInput.Raw(
            "a host of garbage",
            "POST /events HTTP/1.1\nHost: <script>\nContent-Length: 0\n\n",
            400
        );
        yield return HostileInput.Raw("a request line of garbage", "%&/()=\n\n", 400);
        yield return HostileInput.Raw("an unknown version", "POST /events HTTP/7.3\nHost: localhost\n\n", 400, 505);
        yield return HostileInput.Raw("the first words of HTTP/2", "PRI * HTTP/2.0\n\nSM\n\n", 0, 400, 505);
        yield return HostileInput.Raw(
            "the first bytes of TLS",
            "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003",
            0,
            400
        );
        yield return HostileInput.Raw(
            "a path out of the tree",
            $"POST /events/../../etc/passwd HTTP/1.1\nHost: localhost\n{Key}\nContent-Length: 0\n\n",
            400,
            404
        );
        yield return HostileInput.Raw(
            "a null in the path",
            "POST /events%00 HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n",
            400,
            404
        );
        yield return HostileInput.Raw(
            "a key that is not text",
            "POST /events HTTP/1.1\nHost: localhost\nx-api-key: \u00ff\u00fe\nContent-Length: 0\n\n",
            400
        );
        foreach (var method in (string[])["GET", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "EVIL"])
        {
            yield return HostileInput.Raw(
                $"{method} /events",
                $"{method} /events HTTP/1.1\nHost: localhost\n{Key}\nContent-Length: 0\n\n",
                405
            );
        }
    }

    private static IEnumerable<HostileInput> Strangers()
    {
        foreach (
            var header in (string[])
                [
                    "",
                    "x-api-key: ",
                    "x-api-key: another",
                    $"x-api-key: {RunningIngestor.ApiKey}x",
                    $"x-api-key: {RunningIngestor.ApiKey[..^1]}",
                    $"{Key}\n{Key}",
                    $"x-api-key: {new string('k', 10_000)}",
                    $"Authorization: Bearer {RunningIngestor.ApiKey}",
                    $"x-api-key: {RunningIngestor.ApiKey.ToUpperInvariant()}",
                    "Authorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=f, Signature=g",
                ]
        )
        {
            var line = header.Length == 0 ? "" : header + "\n";
            var shown = header.Length > 40 ? header[..40] : header;
            var (events, putEvents) = (
                Encoding.UTF8.GetString(Valid),
                """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}"}]}"""
            );
            yield return HostileInput.Raw(
                $"POST /events with '{shown.ReplaceLineEndings(" ")}'",
                $"POST /events HTTP/1.1\nHost: localhost\n{Json}\n{line}Content-Length: {Valid.Length}\n\n{events}",
                401
            );
            yield return HostileInput.Raw(
                $"PutEvents with '{shown.ReplaceLineEndings(" ")}'",
                $"POST / HTTP/1.1\nHost: localhost\nContent-Type: application/x-amz-json-1.1\nX-Amz-Target: AWSEvents.PutEvents\n{line}"
                    + $"Content-Length: {putEvents.Length}\n\n{putEvents}",
                401,
                403
            );
        }
    }

    private static byte[] Valid { get; } =
        Encoding.UTF8.GetBytes(
            """{"source":"s","detail-type":"t","detail":{"text":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}"""
        );

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Garbled(byte[] packed)
    {
        var garbled = packed.ToArray();
        Array.Fill(garbled, (byte)0xFF, 12, Math.Min(20, garbled.Length - 20));
        return garbled;
    }
}
