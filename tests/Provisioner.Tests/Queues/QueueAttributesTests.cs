using Provisioner.Queues;

namespace Provisioner.Tests.Queues;

public sealed class QueueAttributesTests
{
    [Theory]
    [InlineData("60", "60")]
    [InlineData("true", "True")]
    [InlineData(
        """{"maxReceiveCount":"20","deadLetterTargetArn":"a"}""",
        """{"deadLetterTargetArn":"a","maxReceiveCount":20}"""
    )]
    [InlineData("""{ "maxReceiveCount": 20 }""", """{"maxReceiveCount":20}""")]
    public void One_meaning_in_two_spellings_is_the_same(string present, string wanted)
    {
        Assert.True(QueueAttributes.AreSame(present, wanted));
    }

    [Theory]
    [InlineData("60", "61")]
    [InlineData("", "60")]
    [InlineData("not json", """{"maxReceiveCount":20}""")]
    [InlineData("""{"maxReceiveCount":20}""", """{"maxReceiveCount":19}""")]
    [InlineData("""{"maxReceiveCount":20}""", """{"maxReceiveCount":20,"deadLetterTargetArn":"a"}""")]
    public void Another_meaning_is_not_the_same(string present, string wanted)
    {
        Assert.False(QueueAttributes.AreSame(present, wanted));
    }
}
