namespace Provisioner.Tests.Templates;

public sealed class BrokenTemplateTests
{
    [Theory]
    [InlineData("", "LineNumber: 0 | BytePositionInLine: 0")]
    [InlineData("{\n  \"Resources\": {,\n}", "LineNumber: 1 | BytePositionInLine: 16")]
    [InlineData("{ \"Resources\": {}, \"Resources\": {} }", "Duplicate property 'Resources'")]
    [InlineData("[]", "The template is no JSON object.")]
    [InlineData("{}", "Resources: the template has none")]
    [InlineData("{ \"Resources\": [] }", "Resources: is no object")]
    public void A_text_that_is_no_template_is_told_as_such(string template, string fault)
    {
        Assert.Contains(fault, ATemplate.FaultsOf(template)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(", \"KmsMasterKeyId\": \"a\"", "KmsMasterKeyId: is not understood here")]
    [InlineData(
        ", \"VisibilityTimeout\": [60]",
        "VisibilityTimeout: must be a text, a number or a reference that has one"
    )]
    [InlineData(", \"VisibilityTimeout\": null", "VisibilityTimeout: is null")]
    [InlineData(
        ", \"VisibilityTimeout\": { \"Fn::If\": [1, 2, 3] }",
        "VisibilityTimeout: Fn::If is not understood here"
    )]
    [InlineData(
        ", \"VisibilityTimeout\": { \"Ref\": \"A\", \"Fn::Sub\": \"\" }",
        "VisibilityTimeout: has a function beside other members"
    )]
    [InlineData(
        ", \"VisibilityTimeout\": { \"Fn::Sub\": [\"\", {}] }",
        "VisibilityTimeout: Fn::Sub is understood here with a text only"
    )]
    [InlineData(
        ", \"VisibilityTimeout\": { \"Fn::GetAtt\": [\"A\"] }",
        "VisibilityTimeout: Fn::GetAtt is neither [\"resource\", \"attribute\"] nor \"resource.attribute\""
    )]
    [InlineData(", \"RedrivePolicy\": \"{}\"", "RedrivePolicy: must be an object whose references all have a text")]
    public void A_property_of_a_queue_that_is_not_understood_is_named(string property, string fault)
    {
        var faults = ATemplate.FaultsOf(ATemplate.With(ATemplate.Queue("Q", property)));

        Assert.Equal([$"Resources.Q.Properties.{fault}"], faults);
    }

    [Fact]
    public void An_attribute_that_no_such_resource_has_is_a_fault()
    {
        var template = ATemplate.With(
            $$"""
            {{ATemplate.Queue("A")}},
            {{ATemplate.Queue("B", """, "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": "A.Name" } } """)}}
            """
        );

        Assert.Equal(
            ["Resources.B.Properties.RedrivePolicy: must be an object whose references all have a text"],
            ATemplate.FaultsOf(template)
        );
    }

    [Theory]
    [InlineData("\"KeySchema\": []", "KeySchema: must be a list of objects")]
    [InlineData(
        "\"AttributeDefinitions\": [{ \"AttributeName\": \"k\" }]",
        "AttributeDefinitions[0].AttributeType: is missing"
    )]
    [InlineData(
        "\"AttributeDefinitions\": [{ \"AttributeName\": \"j\", \"AttributeType\": \"S\" }]",
        "AttributeDefinitions: j is no key"
    )]
    [InlineData("\"BillingMode\": \"PROVISIONED\"", "BillingMode: must be PAY_PER_REQUEST")]
    [InlineData("\"GlobalSecondaryIndexes\": []", "GlobalSecondaryIndexes: is not understood here")]
    [InlineData(
        "\"TimeToLiveSpecification\": { \"Enabled\": true }",
        "TimeToLiveSpecification.AttributeName: is missing"
    )]
    [InlineData("\"TimeToLiveSpecification\": true", "TimeToLiveSpecification: must be an object")]
    [InlineData(
        "\"PointInTimeRecoverySpecification\": { \"RecoveryPeriodInDays\": 7 }",
        "PointInTimeRecoverySpecification.RecoveryPeriodInDays: is not understood here"
    )]
    public void A_property_of_a_table_that_is_not_understood_is_named(string property, string fault)
    {
        var faults = ATemplate.FaultsOf(ATemplate.With(ATemplate.Table("T", property)));

        Assert.Contains($"Resources.T.Properties.{fault}", faults);
    }

    [Theory]
    [InlineData(
        "\"T\": { \"Type\": \"AWS::S3::Bucket\" }",
        "Resources.T.Type: 'AWS::S3::Bucket' is not understood here; AWS::SQS::Queue and AWS::DynamoDB::Table are"
    )]
    [InlineData(
        "\"Q\": { \"Properties\": {} }",
        "Resources.Q.Type: '' is not understood here; AWS::SQS::Queue and AWS::DynamoDB::Table are"
    )]
    [InlineData("\"Q\": { \"Type\": \"AWS::SQS::Queue\" }", "Resources.Q.Properties.QueueName: is missing")]
    [InlineData(
        "\"Q\": { \"Type\": \"AWS::SQS::Queue\", \"Condition\": \"C\", \"Properties\": { \"QueueName\": \"q\" } }",
        "Resources.Q.Condition: is not understood here"
    )]
    [InlineData(
        "\"Q\": { \"Type\": \"AWS::SQS::Queue\", \"DependsOn\": \"X\", \"Properties\": { \"QueueName\": \"q\" } }",
        "Resources.Q.DependsOn: there is no resource X"
    )]
    [InlineData("\"Q\": 1", "Resources.Q: is no object")]
    public void A_resource_that_is_not_understood_is_named(string resource, string fault)
    {
        Assert.Contains(fault, ATemplate.FaultsOf(ATemplate.With(resource)));
    }

    [Theory]
    [InlineData("{ \"Ref\": \"Nothing\" }", "Resources.Q: there is no parameter or resource Nothing")]
    [InlineData("{ \"Ref\": \"AWS::Region\" }", "Resources.Q: there is no parameter or resource AWS::Region")]
    [InlineData("{ \"Fn::GetAtt\": [\"Nothing\", \"Arn\"] }", "Resources.Q: there is no resource Nothing")]
    [InlineData("{ \"Fn::Sub\": \"a${Nothing}b\" }", "Resources.Q: there is no parameter or resource Nothing")]
    [InlineData("{ \"Fn::Sub\": \"a${Nothing.Arn}b\" }", "Resources.Q: there is no resource Nothing")]
    public void A_reference_to_nothing_is_told(string value, string fault)
    {
        Assert.Contains(
            fault,
            ATemplate.FaultsOf(ATemplate.With(ATemplate.Queue("Q", $", \"DelaySeconds\": {value}")))
        );
    }

    [Fact]
    public void Resources_that_need_each_other_are_told()
    {
        var template = ATemplate.With(
            $$"""
            {{ATemplate.Queue("A", """, "DelaySeconds": { "Ref": "B" } """)}},
            {{ATemplate.Queue("B", """, "DelaySeconds": { "Ref": "A" } """)}},
            {{ATemplate.Queue("C")}}
            """
        );

        Assert.Contains("Resources: A, B need each other", ATemplate.FaultsOf(template));
    }

    [Fact]
    public void A_section_that_is_not_understood_is_named()
    {
        var template = ATemplate.With(ATemplate.Queue("Q"), """, "Conditions": {}""");

        Assert.Equal(["Conditions: is not understood here"], ATemplate.FaultsOf(template));
    }

    [Fact]
    public void A_parameter_without_a_value_is_told()
    {
        var template = ATemplate.With(ATemplate.Queue("Q"), """, "Parameters": { "Stage": { "Type": "String" } }""");

        Assert.Equal(
            ["Parameters.Stage: has no default; give it a value with --Provisioner:Parameters:Stage=…"],
            ATemplate.FaultsOf(template)
        );
    }

    [Fact]
    public void A_value_for_no_parameter_is_told()
    {
        Assert.Equal(
            ["Parameters: there is no Stage, but a value for it was given"],
            ATemplate.FaultsOf(ATemplate.With(ATemplate.Queue("Q")), new() { ["Stage"] = "test" })
        );
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var template = ATemplate.With(
            $"{ATemplate.Queue("A", ", \"Foo\": 1")}, {ATemplate.Queue("B", ", \"Bar\": 1")}",
            ", \"Mappings\": {}"
        );

        Assert.Equal(3, ATemplate.FaultsOf(template).Count);
    }
}
