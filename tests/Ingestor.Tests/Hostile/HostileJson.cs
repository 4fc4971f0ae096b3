using System.Text;
using Ingestor.Sending;
using Ingestor.Tests.Hosting;

namespace Ingestor.Tests.Hostile;

/// <summary>Bodies of <c>POST /events</c> that are no events.</summary>
internal static class HostileJson
{
    private static readonly int[] BadRequest = [400];
    private static readonly int[] TooLarge = [413];

    public static IEnumerable<HostileInput> All() =>
        [.. Truncated(), .. Nested(), .. WrongTypes(), .. NotJson(), .. NotText(), .. NotUtf8(), .. Huge()];

    private static IEnumerable<HostileInput> Truncated()
    {
        var whole = AnEnvelope.With();
        for (var part = 0; part < 20; part++)
        {
            var length = whole.Length * part / 20;
            yield return HostileInput.Events($"cut off after {length} bytes", whole[..length], BadRequest);
        }

        yield return HostileInput.Events("an array without its end", $"[{whole}", BadRequest);
        yield return HostileInput.Events("an array that ends in a comma", $"[{whole},", BadRequest);
    }

    private static IEnumerable<HostileInput> Nested()
    {
        foreach (var depth in (int[])[65, 100, 1_000, 10_000, 100_000])
        {
            yield return HostileInput.Events($"{depth} arrays in each other", new string('[', depth), BadRequest);
            yield return HostileInput.Events(
                $"a detail {depth} levels deep",
                AnEnvelope.With(detail: Repeat("{\"a\":", depth) + "1" + new string('}', depth)),
                BadRequest
            );
        }
    }

    private static IEnumerable<HostileInput> WrongTypes()
    {
        foreach (var value in (string[])["null", "true", "42", "[]", "{}"])
        {
            yield return Member("detail-type", value);
            yield return Member("source", value);
        }

        foreach (var value in (string[])["null", "false", "0", "[]", "\"{}\"", "[{}]"])
        {
            yield return HostileInput.Events($"detail is {value}", AnEnvelope.With(detail: value), BadRequest);
        }

        foreach (
            var value in (string[])
                ["null", "true", "42", "\"text\"", "[]", "{}", "[[]]", "[null]", "[{}]", "[\"a\",1]", "{\"detail\":{}}"]
        )
        {
            yield return HostileInput.Events($"the body is {value}", value, BadRequest);
        }

        yield return HostileInput.Events(
            "source twice",
            """{"source":"a","source":"b","detail-type":"t","detail":{}}""",
            BadRequest
        );
        yield return HostileInput.Events(
            "members of another case",
            """{"Source":"a","Detail-Type":"t","Detail":{}}""",
            BadRequest
        );
        yield return HostileInput.Events(
            "a PutEvents request",
            """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}"}]}""",
            BadRequest
        );
        yield return HostileInput.Events(
            "a prototype",
            """{"__proto__":{"source":"s","detail-type":"t","detail":{}}}""",
            BadRequest
        );
    }

    private static HostileInput Member(string name, string value)
    {
        var members = new Dictionary<string, string>
        {
            ["detail-type"] = "\"t\"",
            ["source"] = "\"s\"",
            ["detail"] = "{}",
            [name] = value,
        };
        var body = $"{{{string.Join(',', members.Select(member => $"\"{member.Key}\":{member.Value}"))}}}";
        return HostileInput.Events($"{name} is {value}", body, BadRequest);
    }

    private static IEnumerable<HostileInput> NotJson()
    {
        string[] details =
        [
            "{\"a\":01}",
            "{\"a\":1.}",
            "{\"a\":.5}",
            "{\"a\":+1}",
            "{\"a\":NaN}",
            "{\"a\":Infinity}",
            "{\"a\":0x10}",
            "{\"a\":1e}",
            "{\"a\":--1}",
            "{\"a\":1_000}",
            "{a:1}",
            "{'a':1}",
            "{\"a\":'1'}",
            "{\"a\" 1}",
            "{\"a\":1,}",
            "{,}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":tru}",
            "{\"a\":True}",
            "{\"a\":undefined}",
            "{\"a\":\"\\x41\"}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":\"\\",
            "{\"a\":\"b}",
            "{\"a\":1/*c*/}",
            "{\"a\":1//c\n}",
            "{]",
            "{\"a\":[}",
            "{\"a\":[1,]}",
            "{\"a\":,}",
        ];
        foreach (var detail in details)
        {
            yield return HostileInput.Events(
                $"detail is {detail.ReplaceLineEndings(" ")}",
                AnEnvelope.With(detail: detail),
                BadRequest
            );
        }

        string[] bodies =
        [
            "{}{}",
            "<xml/>",
            "a=b&c=d",
            "source: s\ndetail: {}",
            "{\"detail\":{}",
            "}",
            "]",
            "[1,2",
            "nul",
            "\"",
            ",",
            "[,]",
            "--boundary",
            "%7B%7D",
            "\\u007b\\u007d",
            "callback({})",
            "//",
            "/* */",
            "{}\u0000",
            "\u0000{}",
            "\u2028{}",
            "\u00a0{}",
            "\uFEFF{}",
        ];
        foreach (var body in bodies)
        {
            yield return HostileInput.Events($"the body is {body.ReplaceLineEndings(" ")}", body, BadRequest);
        }

        yield return HostileInput.Events(
            "two events, line by line",
            $"{AnEnvelope.With()}\n{AnEnvelope.With()}",
            BadRequest
        );
        yield return HostileInput.Events("an event and a brace", AnEnvelope.With() + "}", BadRequest);
        yield return HostileInput.Events(
            "half a surrogate pair in a member's name",
            """{"detail-typ\ud800e":1,"source":"s","detail":{}}""",
            BadRequest
        );
    }

    private static IEnumerable<HostileInput> NotText()
    {
        for (var control = 0; control < 0x20; control += 3)
        {
            yield return HostileInput.Events(
                $"a raw control character {control}",
                AnEnvelope.With(detail: $$"""{"a":"{{(char)control}}"}"""),
                BadRequest
            );
        }

        yield return HostileInput.Events("U+FFFE", AnEnvelope.With(detail: "{\"a\":\"\uFFFE\"}"), BadRequest);
        yield return HostileInput.Events("U+FFFF in a name", AnEnvelope.With(detail: "{\"\uFFFF\":1}"), BadRequest);
    }

    private static IEnumerable<HostileInput> NotUtf8()
    {
        byte[][] sequences =
        [
            [0x80],
            [0xC0, 0x80],
            [0xC3],
            [0xC3, 0x28],
            [0xE0, 0x80, 0xAF],
            [0xED, 0xA0, 0x80],
            [0xF0, 0x28, 0x8C, 0xBC],
            [0xF5, 0x80, 0x80, 0x80],
            [0xFE],
            [0xFF, 0xFF],
        ];
        foreach (var sequence in sequences)
        {
            var (before, after) = ("""{"source":"s","detail-type":"t","detail":{"a":" """, "\"}}");
            yield return HostileInput.Events(
                $"the bytes {Convert.ToHexString(sequence)} in a string",
                [.. Encoding.UTF8.GetBytes(before), .. sequence, .. Encoding.UTF8.GetBytes(after)],
                BadRequest
            );
        }

        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32])
        {
            yield return HostileInput.Events(encoding.WebName, encoding.GetBytes(AnEnvelope.With()), BadRequest);
            yield return HostileInput.Events(
                $"{encoding.WebName} with its mark",
                [.. encoding.GetPreamble(), .. encoding.GetBytes(AnEnvelope.With())],
                BadRequest
            );
        }

        yield return HostileInput.Events(
            "Latin-1",
            Encoding.Latin1.GetBytes(AnEnvelope.With(detail: "{\"a\":\"ü\"}")),
            BadRequest
        );
    }

    private static IEnumerable<HostileInput> Huge()
    {
        yield return HostileInput.Events(
            "one byte too large for SQS",
            AnEnvelope.OfBytes(QueueLimits.MessageBytesMax + 1),
            TooLarge
        );
        yield return HostileInput.Events(
            "two mebibytes of white space in the detail",
            AnEnvelope.With(detail: $"{{{new string(' ', 2_000_000)}}}"),
            TooLarge
        );
        yield return HostileInput.Events(
            "a body over the limit",
            new string(' ', HostileInputTests.BodyBytesMax + 1),
            TooLarge
        );
        yield return HostileInput.Events(
            "an array of 1,001",
            AnEnvelope.ArrayOf(Enumerable.Repeat("{}", 1_001)),
            TooLarge
        );
        yield return HostileInput.Events(
            "an array of 100,000 numbers",
            AnEnvelope.ArrayOf(Enumerable.Repeat("1", 100_000)),
            TooLarge
        );
        yield return HostileInput.Events("a string of a mebibyte", $"\"{new string('x', 1_000_000)}\"", BadRequest);
        yield return HostileInput.Events("a number of a mebibyte", new string('9', 1_000_000), BadRequest);
        yield return HostileInput.Events(
            "100,000 members",
            $"{{{string.Join(',', Enumerable.Range(0, 100_000).Select(n => $"\"{n}\":1"))}}}",
            BadRequest
        );
        yield return HostileInput.Events("only white space", new string(' ', 1_000_000), BadRequest);
    }

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
