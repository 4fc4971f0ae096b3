using System.Buffers.Text;
using System.Text;
using Operations.Access;

namespace Operations.Tests.Access;

public sealed class IdTokenTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_773_929_198);

    private static readonly IdToken.Expected Expected = new("https://login.example", "operations", "n1", "jane");

    [Theory]
    [InlineData("""{"iss":"https://login.example","aud":"operations","exp":1773929199,"nonce":"n1","sub":"jane"}""")]
    [InlineData(
        """{"iss":"https://login.example","aud":["operations","x"],"azp":"operations","exp":1773929100,"nonce":"n1","sub":"jane"}"""
    )]
    public void A_token_for_this_login_is_believed(string claims) =>
        Assert.Null(IdToken.FaultOf(Token(claims), Expected, Now));

    [Theory]
    [InlineData("""{"iss":"https://evil.example","aud":"operations","exp":1773929199,"nonce":"n1","sub":"jane"}""")]
    [InlineData("""{"iss":"https://login.example","aud":"another","exp":1773929199,"nonce":"n1","sub":"jane"}""")]
    [InlineData(
        """{"iss":"https://login.example","aud":["operations","x"],"azp":"x","exp":1773929199,"nonce":"n1","sub":"jane"}"""
    )]
    [InlineData("""{"iss":"https://login.example","aud":"operations","exp":1773920000,"nonce":"n1","sub":"jane"}""")]
    [InlineData("""{"iss":"https://login.example","aud":"operations","nonce":"n1","sub":"jane"}""")]
    [InlineData("""{"iss":"https://login.example","aud":"operations","exp":1773929199,"nonce":"n2","sub":"jane"}""")]
    [InlineData("""{"iss":"https://login.example","aud":"operations","exp":1773929199,"sub":"jane"}""")]
    [InlineData("""{"iss":"https://login.example","aud":"operations","exp":1773929199,"nonce":"n1","sub":"joe"}""")]
    [InlineData("""{"iss":7,"aud":"operations","exp":1773929199,"nonce":"n1","sub":"jane"}""")]
    [InlineData("""{"iss":"https://login.example","aud":"operations","exp":1e99,"nonce":"n1","sub":"jane"}""")]
    [InlineData("[]")]
    [InlineData("{ broken")]
    public void Any_other_is_not(string claims) => Assert.NotNull(IdToken.FaultOf(Token(claims), Expected, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no.token")]
    [InlineData("a.%%.c")]
    public void What_is_no_token_is_refused(string? token) => Assert.NotNull(IdToken.FaultOf(token, Expected, Now));

    [Fact]
    public void A_login_that_knows_no_nonce_believes_nothing() =>
        Assert.NotNull(
            IdToken.FaultOf(
                Token("""{"iss":"https://login.example","aud":"operations","exp":1773929199,"sub":"jane"}"""),
                Expected with
                {
                    Nonce = null,
                },
                Now
            )
        );

    private static string Token(string claims) =>
        $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";
}
