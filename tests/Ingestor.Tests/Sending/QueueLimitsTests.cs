using System.Text;
using Ingestor.Sending;

namespace Ingestor.Tests.Sending;

public sealed class QueueLimitsTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("plain", false)]
    [InlineData("\uFFFD and \uFF01 share their first bytes", false)]
    [InlineData("\uFFFE", true)]
    [InlineData("at the end \uFFFF", true)]
    [InlineData("\uFFFD\uFFFD\uFFFE", true)]
    [InlineData("🙂 \U0010FFFF", false)]
    [InlineData("\\uFFFE is only an escape", false)]
    public void Only_the_two_characters_SQS_does_not_carry_are_illegal(string text, bool illegal) =>
        Assert.Equal(illegal, QueueLimits.HasIllegalCharacter(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_cut_off_character_is_no_reason_to_read_beyond_the_end() =>
        Assert.False(QueueLimits.HasIllegalCharacter([0x61, 0xEF, 0xBF]));
}
