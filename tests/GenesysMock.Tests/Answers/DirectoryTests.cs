using System.Net;
using System.Text.Json;

namespace GenesysMock.Tests.Answers;

public sealed class DirectoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Users_can_be_asked_for_by_id()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();
        var (first, last) = (mock.Organization.Users[0], mock.Organization.Users[^1]);

        var answer = await client.GetAsync($"/api/v2/users?id={first.Id},{last.Id}", Cancellation).JsonAsync();

        Assert.Equal([first.Name, last.Name], Names(answer));
        Assert.Equal(2, answer.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task More_than_a_hundred_users_are_too_many()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();
        var ids = string.Join(',', Enumerable.Range(0, 101).Select(_ => Guid.NewGuid()));

        using var response = await client.GetAsync($"/api/v2/users?id={ids}", Cancellation);
        var answer = await response.JsonAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("max.user.ids", answer.GetProperty("code").GetString());
        Assert.Equal("Only 100 users can be requested at a time.", answer.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Without_ids_users_come_in_pages()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();

        var page = await client.GetAsync("/api/v2/users?pageSize=10&pageNumber=3", Cancellation).JsonAsync();

        Assert.Equal(5, page.GetProperty("entities").GetArrayLength());
        Assert.Equal(3, page.GetProperty("pageCount").GetInt32());
        Assert.Equal("/api/v2/users?pageSize=10&pageNumber=2", page.GetProperty("previousUri").GetString());
        Assert.False(page.TryGetProperty("nextUri", out _));
    }

    [Fact]
    public async Task A_user_a_queue_and_a_wrap_up_code_can_be_looked_up()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();
        var organization = mock.Organization;

        foreach (
            var (path, name) in new[]
            {
                ($"/api/v2/users/{organization.Users[3].Id}", organization.Users[3].Name),
                ($"/api/v2/routing/queues/{organization.Queues[1].Id}", organization.Queues[1].Name),
                ($"/api/v2/routing/wrapupcodes/{organization.WrapUpCodes[2].Id}", organization.WrapUpCodes[2].Name),
            }
        )
        {
            var answer = await client.GetAsync(path, Cancellation).JsonAsync();

            Assert.Equal(name, answer.GetProperty("name").GetString());
            Assert.Equal(path, answer.GetProperty("selfUri").GetString());
        }
    }

    [Fact]
    public async Task Queues_can_be_asked_for_by_id()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();
        var queue = mock.Organization.Queues[2];

        var answer = await client
            .GetAsync($"/api/v2/routing/queues?id={queue.Id}&id={Guid.Empty}", Cancellation)
            .JsonAsync();

        Assert.Equal([queue.Name], Names(answer));
    }

    [Theory]
    [InlineData("/api/v2/users/nobody", "not.found")]
    [InlineData("/api/v2/routing/queues/none", "resource.not.found")]
    [InlineData("/api/v2/routing/wrapupcodes/none", "resource.not.found")]
    public async Task What_does_not_exist_is_not_found(string path, string code)
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();

        using var response = await client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(code, (await response.JsonAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_probe_of_a_token_names_its_organization()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();

        var answer = await client.GetAsync("/api/v2/tokens/me", Cancellation).JsonAsync();

        Assert.Equal(mock.Organization.Id, answer.GetProperty("organization").GetProperty("id").GetString());
    }

    private static IEnumerable<string?> Names(JsonElement listing) =>
        listing.GetProperty("entities").EnumerateArray().Select(entity => entity.GetProperty("name").GetString());
}
