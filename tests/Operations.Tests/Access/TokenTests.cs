using GenesysApi.Tokens;
using Operations.Access;

namespace Operations.Tests.Access;

public sealed class TokenTests
{
    [Theory]
    [InlineData("an-operator-token", "operator")]
    [InlineData("a-reader-token-here", "reader")]
    [InlineData("something-else", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_token_tells_who_comes(string? token, string? role)
    {
        var tokens = new Tokens(
            new AccessOptions
            {
                Token = new Secret("an-operator-token"),
                ReadOnlyToken = new Secret("a-reader-token-here"),
            }
        );

        var identity = tokens.Identify(token, "test");

        Assert.Equal(role, identity?.FindFirst(System.Security.Claims.ClaimTypes.Role)?.Value);
    }

    [Fact]
    public void Without_a_token_one_is_made_and_an_empty_one_opens_nothing()
    {
        var tokens = new Tokens(new AccessOptions { ReadOnlyToken = new Secret("") });

        Assert.True(tokens.WasMade);
        Assert.Equal(32, tokens.Operator.Reveal().Length);
        Assert.Null(tokens.Identify("", "test"));
    }

    [Theory]
    [InlineData(null, "agent", "reader")]
    [InlineData("", "agent", "reader")]
    [InlineData("auditor", "agent", null)]
    [InlineData("auditor", "auditor", "reader")]
    [InlineData("auditor", "operator", "operator")]
    public void Who_has_a_role_at_the_provider_may_do_what_it_says(string? readerRole, string has, string? role) =>
        Assert.Equal(role, new OpenIdOptions { ReaderRole = readerRole }.RoleOf([has]));

    [Fact]
    public void Settings_that_let_somebody_in_by_chance_are_refused()
    {
        var result = new AccessRulesValidator().Validate(
            null,
            new AccessOptions
            {
                Token = new Secret("short"),
                OpenId = new OpenIdOptions { Authority = new Uri("http://example.com") },
            }
        );

        Assert.Equal(3, result.Failures!.Count());
    }
}
