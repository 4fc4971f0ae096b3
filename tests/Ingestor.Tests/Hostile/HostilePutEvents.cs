namespace Ingestor.Tests.Hostile;

/// <summary>PutEvents requests that fail whole.</summary>
internal static class HostilePutEvents
{
    public static IEnumerable<HostileInput> All()
    {
        string[] bodies =
        [
            "",
            "null",
            "[]",
            "\"{}\"",
            "{}",
            "{\"Entries\":null}",
            "{\"Entries\":[]}",
            "{\"Entries\":{}}",
            "{\"Entries\":\"[]\"}",
            "{\"Entries\":[null]}",
            "{\"Entries\":[[]]}",
            "{\"Entries\":[1]}",
            "{\"Entries\":[{\"Source\":[]}]}",
            "{\"Entries\":[{\"DetailType\":{}}]}",
            "{\"Entries\":[{\"Detail\":{\"a\":1}}]}",
            "{\"Entries\":[{\"Time\":\"2026-03-19T14:01:12Z\"}]}",
            "{\"Entries\":[{\"Time\":-1e99}]}",
            "{\"Entries\":[{\"Time\":1e99}]}",
            "{\"Entries\":[{\"Resources\":{}}]}",
            "{\"Entries\":[{\"Resources\":[1]}]}",
            "{\"Entries\":[{\"Source\":\"\\ud800\"}]}",
            "{\"Entries\":[{\"Detail\":\"\\udc00\\ud800\"}]}",
            "{\"Entr\\ud800ies\":[]}",
            "{\"Entries\":[{}]",
            "{\"Entries\":[{}]}{}",
            "{\"entries\":[{}]}",
        ];
        foreach (var body in bodies)
        {
            yield return HostileInput.PutEvents($"PutEvents {body}", body, [400]);
        }

        yield return HostileInput.PutEvents(
            "PutEvents of 11 entries",
            $"{{\"Entries\":[{string.Join(',', Enumerable.Repeat("{}", 11))}]}}",
            [400]
        );
        yield return HostileInput.PutEvents(
            "PutEvents of 100,000 entries",
            $"{{\"Entries\":[{string.Join(',', Enumerable.Repeat("{}", 100_000))}]}}",
            [400]
        );
        yield return HostileInput.PutEvents(
            "PutEvents of one byte too many",
            $$"""{"Entries":[{"Source":"s","DetailType":"t","Detail":"{{new string('x', 1_048_575)}}"}]}""",
            [400]
        );
        yield return HostileInput.PutEvents("PutEvents nested too deeply", new string('[', 100_000), [400]);
        yield return HostileInput.PutEvents(
            "PutEvents larger than a body may be",
            new string(' ', HostileInputTests.BodyBytesMax + 1),
            [413]
        );
    }
}
