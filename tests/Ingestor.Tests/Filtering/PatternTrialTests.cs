using Ingestor.Filtering;

namespace Ingestor.Tests.Filtering;

public sealed class PatternTrialTests
{
    [Theory]
    [InlineData("""{"pattern":{"source":["a"]},"event":{"source":"a"}}""", "true")]
    [InlineData("""{"event":{"source":"b"},"pattern":{"source":["a"]}}""", "false")]
    [InlineData("""{"pattern":"{\"source\":[\"a\"]}","event":"{\"source\":\"a\"}"}""", "true")]
    [InlineData("""{"pattern":{"source":["a"]},"event":{"source":"a"},"note":1}""", "true")]
    [InlineData("""{"pattern":{"n":[{"numeric":["=",300]}]},"event":{"n":3.0e2}}""", "true")]
    [InlineData(
        """{"pattern":{"source":[]},"event":{"source":"a"}}""",
        "invalid: $.source: Empty arrays are not allowed"
    )]
    [InlineData("""{"pattern":{"source":["a"]},"event":[]}""", "invalid: the event is not a JSON object")]
    [InlineData("""{"pattern":{"source":["a"]},"event":"not JSON"}""", "invalid: the event is not a JSON object")]
    [InlineData(
        """{"pattern":{"source":["a"]}}""",
        "invalid: a line is a JSON object with the members \"pattern\" and \"event\""
    )]
    [InlineData("", "invalid: a line is a JSON object with the members \"pattern\" and \"event\"")]
    [InlineData("{", "invalid: a line is a JSON object with the members \"pattern\" and \"event\"")]
    [InlineData(
        """{"pattern":"\ud800","event":{}}""",
        "invalid: a line is a JSON object with the members \"pattern\" and \"event\""
    )]
    public void A_line_gets_one_answer(string line, string answer) => Assert.Equal(answer, PatternTrial.Judge(line));

    [Fact]
    public async Task Every_line_of_the_input_has_its_line_in_the_output()
    {
        using var input = new StringReader(
            "{\"pattern\":{\"a\":[1]},\"event\":{\"a\":1}}\n\nnonsense\n{\"pattern\":{\"a\":[1]},\"event\":{\"a\":2}}"
        );
        await using var output = new StringWriter { NewLine = "\n" };

        await PatternTrial.RunAsync(input, output, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["true", "invalid", "invalid", "false", ""],
            output.ToString().Split('\n').Select(line => line.Split(':')[0])
        );
    }

    [Fact]
    public void A_reason_stays_on_its_line() =>
        Assert.Single(
            PatternTrial.Judge("""{"pattern":{"a\nb\rc\u2028d":[]},"event":{}}""").ReplaceLineEndings("\n").Split('\n')
        );
}
