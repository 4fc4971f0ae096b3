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
    public void Without_any_way_in_a_token_is_made()
    {
        var tokens = new Tokens(new AccessOptions());

        Assert.Equal(32, tokens.Made!.Reveal().Length);
        Assert.NotNull(tokens.Identify(tokens.Made.Reveal(), "test"));
        Assert.Null(tokens.Identify("", "test"));
    }

    [Fact]
    public void Where_a_provider_lets_people_in_no_token_does_that_nobody_set()
    {
        var options = new OpenIdOptions { Authority = new Uri("https://example.com") };

        var without = new Tokens(new AccessOptions { OpenId = options });
        var with = new Tokens(new AccessOptions { OpenId = options, Token = new Secret("an-operator-token") });

        Assert.Null(without.Made);
        Assert.False(without.LetIn);
        Assert.Null(without.Identify("", "test"));
        Assert.Null(without.Identify(null, "test"));
        Assert.Null(with.Made);
        Assert.NotNull(with.Identify("an-operator-token", "test"));
    }

    [Fact]
    public void An_empty_token_is_refused_as_a_setting() =>
        Assert.True(new AccessRulesValidator().Validate(null, new AccessOptions { Token = new Secret("") }).Failed);

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
