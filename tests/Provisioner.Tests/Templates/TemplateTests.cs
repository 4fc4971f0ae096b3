using Provisioner.Templates;

namespace Provisioner.Tests.Templates;

public sealed class TemplateTests
{
    [Fact]
    public void What_others_refer_to_comes_before_them()
    {
        var template = ATemplate.With(
            $$"""
            {{ATemplate.Queue(
                "Events",
                """, "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["Dead", "Arn"] } } """
            )}},
            {{ATemplate.Table("Last")}},
            {{ATemplate.Queue("Dead")}}
            """
        );

        Assert.Equal(["Last", "Dead", "Events"], ATemplate.OrderOf(template));
    }

    [Theory]
    [InlineData("\"B\"")]
    [InlineData("[\"B\"]")]
    public void What_others_depend_on_comes_before_them(string dependsOn)
    {
        var template = ATemplate.With(
            $$"""
            "A": { "Type": "AWS::SQS::Queue", "DependsOn": {{dependsOn}}, "Properties": { "QueueName": "a" } },
            {{ATemplate.Queue("B")}}
            """
        );

        Assert.Equal(["B", "A"], ATemplate.OrderOf(template));
    }

    [Theory]
    [InlineData("{ \"Fn::Sub\": \"${Prefix}queue\" }", "test-queue")]
    [InlineData("{ \"Fn::Sub\": \"a${Prefix}b${Prefix}c\" }", "atest-btest-c")]
    [InlineData("{ \"Fn::Sub\": \"${!Prefix}\" }", "${Prefix}")]
    [InlineData("{ \"Fn::Sub\": \"${Dead.Arn}\" }", "arn:dead")]
    [InlineData("{ \"Fn::GetAtt\": \"Dead.Arn\" }", "arn:dead")]
    [InlineData("{ \"Ref\": \"Dead\" }", "http://dead")]
    [InlineData("{ \"Ref\": \"Prefix\" }", "test-")]
    [InlineData("60", "60")]
    [InlineData("true", "true")]
    [InlineData("\"plain\"", "plain")]
    public void A_value_is_the_text_it_stands_for(string json, string text)
    {
        Assert.Equal(text, Scope().Text(Read(json)));
    }

    [Fact]
    public void A_policy_is_JSON_with_its_references_filled_in()
    {
        var policy = Read("""{ "deadLetterTargetArn": { "Fn::GetAtt": ["Dead", "Arn"] }, "maxReceiveCount": 20 }""");

        Assert.Equal("""{"deadLetterTargetArn":"arn:dead","maxReceiveCount":20}""", Scope().Json(policy));
    }

    private static Scope Scope()
    {
        var scope = new Scope(new Dictionary<string, string> { ["Prefix"] = "test-" });
        scope.Add("Dead", "http://dead", new Dictionary<string, string> { ["Arn"] = "arn:dead" });
        return scope;
    }

    private static Value Read(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return new ValueReader(new Faults()).Read(document.RootElement, "value");
    }
}
