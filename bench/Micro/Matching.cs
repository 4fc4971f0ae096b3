using System.Text;
using BenchmarkDotNet.Attributes;
using Events.Patterns;
using Processor.Testing.Building;

namespace Micro;

/// <summary>Whether a rule lets an event through.</summary>
public class Matching
{
    private readonly byte[] _envelope = Encoding.UTF8.GetBytes(Samples.Call("bench-conversation")[3]);

    private readonly EventPattern _pattern = (
        (ParsedPattern.Valid)
            EventPattern.Parse(
                """
                {
                  "source": [{"prefix": "aws.partner/genesys.com"}],
                  "detail-type": [{"wildcard": "v2.detail.events.conversation.*"}],
                  "detail": {"eventBody": {"mediaType": ["VOICE", "MESSAGE"], "eventTime": [{"numeric": [">", 0]}]}}
                }
                """
            )
    ).Pattern;

    [Benchmark(Description = "match a pattern of four conditions")]
    public PatternMatch Match() => _pattern.Matches(_envelope);
}
