using System.Diagnostics;
using System.Text;
using Events.Patterns;
using FsCheck;
using FsCheck.Fluent;

namespace Events.Tests.Patterns;

public sealed class HostileInputTests
{
    // A bound for "does not explode"; what is measured takes milliseconds.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static readonly EventPattern AnyPattern = Pattern.Of(
        """
        {"a":{"b":[{"wildcard":"x*y*z"},{"anything-but":{"prefix":["p","q"]}},{"numeric":[">",0]},{"cidr":"::/0"},{"exists":false}],
        "c":["t\u00e4st",1,null]},"$or":[{"a.b":[{"equals-ignore-case":"Straße"}]},{"d":{"e":[{"suffix":"x"}]}}]}
        """
    );

    public static TheoryData<string> NoEvents =>
        [
            "",
            " ",
            "null",
            "[]",
            "1",
            "\"a\"",
            "{",
            "}",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,}",
            "{\"a\":{\"b\":[1,2}",
            "{\"a\":{\"b\":\"\\u12\"}}",
            "{\"a\":{\"b\":\"\\x\"}}",
            "{\"a\":{\"b\":\"\t\"}}",
            "{\"a\":{\"b\":01}}",
            "{\"a\":{\"b\":NaN}}",
            "{\"a\":{\"b\":1e}}",
            "{\"a\":1} x",
            "{\"a\":1}{\"a\":1}",
            "{\"a\":1/* */}",
            "{a:1}",
            "\ufeff{}",
            "{\"unnamed\":[1,{\"x\":tru}]}",
        ];

    [Theory]
    [MemberData(nameof(NoEvents))]
    public void What_is_no_JSON_object_is_an_invalid_event(string text) =>
        Assert.Equal(PatternMatch.InvalidEvent, AnyPattern.Matches(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void What_is_not_UTF_8_is_invalid(byte[] bytes)
    {
        byte[] json = [.. "{\"a\":[\""u8, .. bytes, .. "\"]}"u8];

        Assert.Equal(PatternMatch.InvalidEvent, AnyPattern.Matches(json));
        Assert.IsType<ParsedPattern.Invalid>(EventPattern.Parse(json));
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00")]
    [InlineData("\\ud800\\ud800")]
    [InlineData("\\ud800x")]
    [InlineData("\\ud800\\n")]
    [InlineData("\\udc00\\ud800")]
    public void Half_a_surrogate_pair_is_text_that_equals_nothing(string half)
    {
        var candidate = $$"""{"v":"ab{{half}}","{{half}}":1}""";

        Assert.True(Pattern.Of("""{"v":[{"prefix":"ab"}]}""").Matches(candidate));
        Assert.True(Pattern.Of("""{"v":[{"anything-but":"ab"}]}""").Matches(candidate));
        Assert.True(Pattern.Of("""{"v":[{"wildcard":"a*"}]}""").Matches(candidate));
        Assert.False(Pattern.Of("""{"v":["ab","ab\ufffd","ab??"]}""").Matches(candidate));
        Assert.False(Pattern.Of("""{"v":[{"equals-ignore-case":"ab\ufffd"}]}""").Matches(candidate));
        Assert.False(Pattern.Of("""{"v":[{"suffix":{"equals-ignore-case":"\ufffd"}}]}""").Matches(candidate));
    }

    [Fact]
    public void A_pattern_with_half_a_surrogate_pair_in_plain_text_is_refused() =>
        Assert.Equal(
            "Invalid JSON: an unpaired surrogate",
            Assert.IsType<ParsedPattern.Invalid>(EventPattern.Parse("{\"a\":[\"\ud800\"]}")).Reason
        );

    [Fact]
    public void Depth_has_a_limit_on_both_sides()
    {
        Assert.Equal(PatternMatch.Matched, Pattern.Of("""{"z":[1]}""").Matches(Nested(900, "\"z\":1")));
        Assert.Equal(PatternMatch.InvalidEvent, Pattern.Of("""{"z":[1]}""").Matches(Nested(1_100, "\"z\":1")));
        Assert.Equal(PatternMatch.InvalidEvent, AnyPattern.Matches(Encoding.UTF8.GetBytes(new string('[', 1_000_000))));

        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 65)) + "[1]" + new string('}', 65);
        Assert.StartsWith("Invalid JSON", Assert.IsType<ParsedPattern.Invalid>(EventPattern.Parse(deep)).Reason);

        static byte[] Nested(int depth, string member) =>
            Encoding.UTF8.GetBytes($"{{\"a\":{new string('[', depth)}{new string(']', depth)},{member}}}");
    }

    [Fact]
    public void Arrays_in_arrays_on_the_way_to_a_condition_are_followed_to_the_limit()
    {
        var candidate = $"{{\"a\":{new string('[', 990)}{{\"b\":\"xyz\"}}{new string(']', 990)}}}";

        Assert.True(Pattern.Of("""{"a":{"b":["xyz"]}}""").Matches(candidate));
    }

    [Fact]
    public void A_pattern_may_be_as_long_as_the_service_allows_or_as_long_as_we_say()
    {
        var long4096 = $"{{\"a\":[\"{new string('x', 4096 - 10)}\"]}}";

        Assert.IsType<ParsedPattern.Valid>(EventPattern.Parse(long4096));
        Assert.Equal(
            "Pattern is longer than 4096 characters",
            Assert.IsType<ParsedPattern.Invalid>(EventPattern.Parse(long4096 + " ")).Reason
        );
        Assert.IsType<ParsedPattern.Valid>(
            EventPattern.Parse(long4096 + " ", PatternLimits.Default with { CharactersMax = 8192 })
        );
    }

    [Fact]
    public void Characters_are_counted_not_bytes() =>
        Assert.IsType<ParsedPattern.Valid>(EventPattern.Parse($"{{\"a\":[\"{new string('ü', 4096 - 10)}\"]}}"));

    [Fact]
    public void A_fault_tells_how_far_the_pattern_was_read() =>
        Assert.Equal(
            """{"detail":{"v":["a",{"oops":""".Length,
            Assert.IsType<ParsedPattern.Invalid>(EventPattern.Parse("""{"detail":{"v":["a",{"oops":1}]}}""")).Offset - 1
        );

    [Fact]
    public void A_thousand_alternatives_are_matched_in_one_pass()
    {
        var pattern = Pattern.Of(Nine("{'$or':[{'v':[1]},{'w':[2]}]}"));

        Assert.Equal(512, pattern.Alternatives.Count);
        Assert.True(pattern.Matches(Nine("[{'v':0},{'w':2}]")));
        Assert.False(pattern.Matches(Nine("[{'v':0},{'w':1}]")));

        static string Nine(string value) =>
            $"{{{string.Join(',', Enumerable.Range(0, 9).Select(n => $"'g{n}':{value}"))}}}".Replace('\'', '"');
    }

    [Fact]
    public void Many_arrays_that_all_fit_but_one_do_not_multiply()
    {
        var element = "{'x':'1','y':'2'}";
        var pattern = Pattern.Of(Twenty("{'x':['1'],'y':['2']}", "['no']"));
        var candidate = Twenty($"[{string.Join(',', Enumerable.Repeat(element, 200))}]", "'yes'");

        Within(Soon, () => Assert.False(pattern.Matches(candidate)));

        static string Twenty(string value, string last) =>
            $"{{{string.Concat(Enumerable.Range(0, 20).Select(n => $"'t{n}':{value},"))}'z':{last}}}".Replace(
                '\'',
                '"'
            );
    }

    [Fact]
    public void A_wildcard_never_goes_back()
    {
        var pattern = AnyWildcard(string.Concat(Enumerable.Repeat("*a", 500)) + "*b");
        var text = new string('a', 1_000_000);

        Within(Soon, () => Assert.False(pattern.Matches($$"""{"v":"{{text}}"}""")));
        Within(Soon, () => Assert.True(pattern.Matches($$"""{"v":"{{text}}b"}""")));
    }

    [Fact]
    public void A_wildcard_part_that_almost_fits_everywhere_stays_cheap()
    {
        var part = new string('a', 1_000) + "b" + new string('a', 1_000);
        var pattern = AnyWildcard($"*{part}*");

        Within(Soon, () => Assert.False(pattern.Matches($$"""{"v":"{{new string('a', 1_000_000)}}"}""")));
    }

    [Fact]
    public void The_worst_wildcards_are_judged_in_time()
    {
        var wildcards = string.Join(
            ',',
            Enumerable.Range(0, 10).Select(n => $$"""{"wildcard":"{{n}}*{{Letters(n)}}"}""")
        );

        Within(Soon, () => EventPattern.Parse($$"""{"v":[{{wildcards}}]}"""));

        static string Letters(int seed) =>
            string.Concat(Enumerable.Range(0, 350).Select(i => (char)('a' + ((i * (seed + 7)) % 23))));
    }

    [Fact]
    public void Long_numbers_stay_cheap()
    {
        var digits = new string('1', 1_000_000);

        Within(
            Soon,
            () =>
                Assert.False(
                    Pattern
                        .Of("""{"v":[1,{"numeric":[">",0]}]}""")
                        .Matches($$"""{"v":[{{digits}},0.{{digits}},1e{{digits}}]}""")
                )
        );
    }

    [Fact]
    public void Broken_text_is_never_more_than_invalid()
    {
        var samples = new[]
        {
            """{"a":{"b":["x\u0079z",1.5e3,{"q":[[]]}],"c":"täst"},"a.b":"STRAßE","d":[{"e":"😀x"}]}""",
            """{"source":["a",{"prefix":"b"}],"$or":[{"x":[{"numeric":[">=",1,"<",2]}]},{"y":{"z":[{"cidr":"10.0.0.0/8"}]}}]}""",
        };
        var broken =
            from sample in Gen.Elements(samples)
            from cut in Gen.Choose(0, sample.Length)
            from flips in (from at in Gen.Choose(0, 200) from value in Gen.Choose(0, 255) select (at, value)).ListOf(3)
            select Flip(
                Encoding.UTF8.GetBytes(sample)[..Math.Min(cut + 40, Encoding.UTF8.GetByteCount(sample))],
                flips
            );

        Prop.ForAll(
                Arb.From(broken),
                bytes =>
                    Enum.IsDefined(AnyPattern.Matches(bytes))
                    && EventPattern.Parse(bytes) switch
                    {
                        ParsedPattern.Valid valid => Enum.IsDefined(valid.Pattern.Matches(bytes)),
                        ParsedPattern.Invalid invalid => invalid.Reason.Length > 0 && invalid.Path.StartsWith('$'),
                        _ => false,
                    }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(5, 1UL));

        static byte[] Flip(byte[] bytes, IEnumerable<(int At, int Value)> flips)
        {
            foreach (var (at, value) in flips)
            {
                if (at < bytes.Length)
                {
                    bytes[at] = (byte)value;
                }
            }

            return bytes;
        }
    }

    private static EventPattern AnyWildcard(string wildcard)
    {
        var limits = PatternLimits.Default with { WildcardComplexityMax = null };
        var parsed = EventPattern.Parse($$"""{"v":[{"wildcard":"{{wildcard}}"}]}""", limits);
        return Assert.IsType<ParsedPattern.Valid>(parsed).Pattern;
    }

    private static void Within(TimeSpan limit, Action action)
    {
        var watch = Stopwatch.StartNew();
        action();

        Assert.True(watch.Elapsed < limit, $"took {watch.Elapsed}");
    }
}
