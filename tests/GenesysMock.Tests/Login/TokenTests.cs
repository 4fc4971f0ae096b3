namespace GenesysMock.Tests.Login;

public sealed class TokenTests
{
    [Fact]
    public async Task A_client_with_its_secret_gets_a_token_for_a_day()
    {
        await using var mock = MockHost.Start();
        using var client = mock.Client();

        var answer = await client
            .SendAsync(MockHost.LoginRequest("client", "secret"), TestContext.Current.CancellationToken)
            .JsonAsync();

        Assert.NotEmpty(answer.GetProperty("access_token").GetString()!);
        Assert.Equal("bearer", answer.GetProperty("token_type").GetString());
        Assert.Equal(86_400, answer.GetProperty("expires_in").GetInt32());
    }
}
