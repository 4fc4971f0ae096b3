using System.Text.Json.Nodes;

namespace Deploy.Tests.Running;

public sealed class PublicTests
{
    [Theory]
    [MemberData(nameof(Template.All), MemberType = typeof(Template))]
    public void Nothing_is_allowed_to_everybody(string name) =>
        Assert.DoesNotContain(
            Statement.In(Template.Named(name)),
            statement => statement.Allows && statement.IsForEverybody
        );

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void The_internet_reaches_the_balancer_by_TLS_and_nothing_else(string name)
    {
        var template = Template.Named(name);

        var open = template
            .Of("AWS::EC2::SecurityGroup")
            .SelectMany(group => group.Properties["SecurityGroupIngress"] as JsonArray ?? [])
            .Concat(template.Of("AWS::EC2::SecurityGroupIngress").Select(ingress => ingress.Properties))
            .Where(ingress => ingress!["CidrIp"] is not null)
            .Select(ingress => (double)ingress!["FromPort"]!);

        Assert.Equal(name.StartsWith("ingestor", StringComparison.Ordinal) ? [443] : [], open);
        Assert.All(
            template.Of("AWS::ElasticLoadBalancingV2::Listener"),
            listener => Assert.Equal("HTTPS", listener.Text("Protocol"))
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void No_task_has_an_address_of_the_internet(string name) =>
        Assert.All(
            Template.Named(name).Of("AWS::ECS::Service"),
            service =>
                Assert.Equal("DISABLED", service.Text("NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp"))
        );

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void What_a_container_is_made_of_cannot_be_written_over(string name) =>
        Assert.All(
            // The agent behind the operators' tunnel writes.
            Program
                .In(Template.Named(name))
                .Where(program => program is { IsFunction: false, Name: not "operations" }),
            container => Assert.True((bool)container.Json["ReadonlyRootFilesystem"]!, container.Name)
        );

    [Fact]
    public void Packages_are_nobody_elses()
    {
        var bucket = Template.Named("artifacts").Of("AWS::S3::Bucket").Single();

        Assert.All(
            bucket.Properties["PublicAccessBlockConfiguration"]!.AsObject(),
            block => Assert.True((bool)block.Value!, block.Key)
        );
        Assert.All(
            Template.Named("artifacts").Of("AWS::ECR::Repository"),
            repository => Assert.Equal("IMMUTABLE", repository.Text("ImageTagMutability"))
        );
    }
}
