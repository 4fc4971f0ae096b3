namespace Conventions.Tests.Documents;

public sealed class ReadmeTests
{
    [Theory]
    [InlineData("README.md", "dotnet run --project AppHost")]
    [InlineData("README.md", "dotnet test")]
    [InlineData("CONTRIBUTING.md", ".ci/run")]
    [InlineData("CHANGELOG.md", "## [Unreleased]")]
    public void A_page_says_on_a_line_of_its_own_what_others_rely_on(string page, string line) =>
        Assert.Contains(line, Sources.At(page).Lines.Select(numbered => numbered.Line));
}
