using Operations.Access;
using Operations.Layout;

namespace Operations.Tests.Layout;

public sealed class ShownTests
{
    [Fact]
    public void Characters_that_deceive_the_eye_are_written_out() =>
        Assert.Equal("a\\u202egpj.exe\\u0007\nb", Shown.Text("a\u202Egpj.exe\u0007\nb"));

    [Theory]
    [InlineData("/dead-letters", "/dead-letters")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\nb", "/")]
    [InlineData(null, "/")]
    public void A_way_back_leads_to_a_page_of_ours(string? path, string expected) =>
        Assert.Equal(expected, LocalPath.OrRoot(path));
}
