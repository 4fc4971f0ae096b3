using FsCheck;
using FsCheck.Fluent;

namespace Events.Tests.Patterns;

/// <summary>The leaves and the values of patterns that generated cases are made of.</summary>
internal static class GeneratedTests
{
    internal static Gen<Json> Leaves { get; } =
        Literal(
            "1",
            "1.0",
            "10e-1",
            "2",
            "-1",
            "9007199254740993",
            "null",
            "true",
            "false",
            "\"\"",
            "\"x\"",
            "\"xy\"",
            "\"XY\"",
            "\"xyxy\"",
            "\"\\u0078\"",
            "\"y*x\"",
            "\"ü\"",
            "\"Ü\"",
            "\"10.0.0.1\"",
            "\"::1\"",
            "\"1\""
        );

    internal static Gen<Json> Tests { get; } =
        Gen.Frequency(
            (3, Leaves),
            (3, Literal("""{"exists":true}""")),
            (1, Literal("""{"exists":false}""")),
            (1, Literal("""{"prefix":"x"}""", """{"prefix":""}""", """{"suffix":"y"}""")),
            (1, Literal("""{"prefix":{"equals-ignore-case":"X"}}""", """{"suffix":{"equals-ignore-case":"Xy"}}""")),
            (1, Literal("""{"equals-ignore-case":"xY"}""", """{"equals-ignore-case":"ü"}""")),
            (1, Literal("""{"wildcard":"*y"}""", """{"wildcard":"x*x*y"}""", """{"wildcard":"*\\**"}""")),
            (1, Literal("""{"numeric":[">",0]}""", """{"numeric":["<=",1]}""", """{"numeric":[">=",1,"<",2]}""")),
            (1, Literal("""{"numeric":["=",1e0]}""", """{"cidr":"10.0.0.0/8"}""", """{"cidr":"::/64"}""")),
            (1, Literal("""{"anything-but":"x"}""", """{"anything-but":[1,2]}""", """{"anything-but":["x","xy"]}""")),
            (1, Literal("""{"anything-but":{"prefix":["x","y"]}}""", """{"anything-but":{"suffix":"y"}}""")),
            (
                1,
                Literal(
                    """{"anything-but":{"wildcard":["*x*","1"]}}""",
                    """{"anything-but":{"equals-ignore-case":"xy"}}"""
                )
            )
        );

    private static Gen<Json> Literal(params string[] texts) =>
        Gen.Elements(texts).Select(text => (Json)new Json.Literal(text));
}
