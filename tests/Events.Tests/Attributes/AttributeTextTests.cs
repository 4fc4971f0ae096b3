using System.Text;
using Events.Attributes;

namespace Events.Tests.Attributes;

public sealed class AttributeTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("tab\tand\r\nnew line", "tab\tand\r\nnew line")]
    [InlineData("nul\0and bell\a", "nul\uFFFDand bell\uFFFD")]
    [InlineData("\uFFFE\uFFFF", "\uFFFD\uFFFD")]
    [InlineData("whole 😀 pair", "whole 😀 pair")]
    public void Only_characters_that_SQS_takes_are_left(string text, string clean)
    {
        Assert.Equal(clean, AttributeText.Clean(text));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_character()
    {
        Assert.Equal("half \uFFFD pair", AttributeText.Clean("half \ud800 pair"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_empty_text_is_none_for_SQS_refuses_it(string? text)
    {
        Assert.Null(AttributeText.Clean(text));
    }

    [Theory]
    [InlineData("x", 1024)]
    [InlineData("é", 1024)]
    [InlineData("€", 1023)]
    [InlineData("😀", 1024)]
    public void A_long_text_is_cut_between_two_characters(string character, int bytes)
    {
        var clean = AttributeText.Clean(string.Concat(Enumerable.Repeat(character, 2000)))!;

        Assert.Equal(bytes, Encoding.UTF8.GetByteCount(clean));
        Assert.DoesNotContain('\uFFFD', clean);
    }
}
