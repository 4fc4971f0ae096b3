using System.Net;
using System.Net.Http.Json;
using GenesysMock.Traffic;

namespace GenesysMock.Tests.Answers;

public sealed class ConversationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_has_its_participants_with_their_attributes()
    {
        await using var mock = MockHost.Start();
        var conversation = mock.Hear();
        mock.Time.Advance(TimeSpan.FromMinutes(10));
        using var client = await mock.LoggedInAsync();

        var answer = await client.GetAsync($"/api/v2/conversations/{conversation.Id}", Cancellation).JsonAsync();

        var participants = answer.GetProperty("participants").EnumerateArray().ToList();
        Assert.Equal(conversation.Id, answer.GetProperty("id").GetString());
        Assert.Equal(
            ["customer", "ivr", "acd", "agent"],
            participants.Select(participant => participant.GetProperty("purpose").GetString())
        );
        Assert.True(participants[0].GetProperty("attributes").TryGetProperty("CallerType", out _));
        Assert.Equal("disconnected", participants[3].GetProperty("calls")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_conversation_that_goes_on_has_neither_end_nor_those_who_come_later()
    {
        await using var mock = MockHost.Start();
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();

        var answer = await client.GetAsync($"/api/v2/conversations/{conversation.Id}", Cancellation).JsonAsync();

        Assert.False(answer.TryGetProperty("endTime", out _));
        Assert.Equal(1, answer.GetProperty("participants").GetArrayLength());
    }

    [Fact]
    public async Task A_conversation_nobody_has_heard_of_is_not_found()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();

        using var response = await client.GetAsync($"/api/v2/conversations/{Guid.Empty}", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Patched_attributes_are_accepted_and_can_be_read_back()
    {
        await using var mock = MockHost.Start();
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();

        using var patched = await client.PatchAsJsonAsync(
            PathOf(conversation),
            new { attributes = new { crmCaseId = "500" } },
            Cancellation
        );
        var answer = await client.GetAsync($"/api/v2/conversations/{conversation.Id}", Cancellation).JsonAsync();

        Assert.Equal(HttpStatusCode.Accepted, patched.StatusCode);
        Assert.Equal("500", (await patched.JsonAsync()).GetProperty("attributes").GetProperty("crmCaseId").GetString());
        var attributes = answer.GetProperty("participants")[0].GetProperty("attributes");
        Assert.Equal("500", attributes.GetProperty("crmCaseId").GetString());
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_is_an_effect_had_twice()
    {
        await using var mock = MockHost.Start();
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();
        foreach (var caseId in new[] { "500", "500", "501" })
        {
            using var patched = await client.PatchAsJsonAsync(
                PathOf(conversation),
                new { attributes = new { crmCaseId = caseId } },
                Cancellation
            );
        }

        var truth = await client.GetAsync("/mock/truth", Cancellation).JsonAsync();

        var participant = Assert.Single(truth.GetProperty("api").GetProperty("patched").EnumerateArray());
        Assert.Equal(3, participant.GetProperty("patches").GetInt32());
        Assert.Equal(1, participant.GetProperty("repeated").GetInt32());
    }

    [Fact]
    public async Task The_truth_tells_how_often_each_value_was_written_and_who_had_looked_before()
    {
        await using var mock = MockHost.Start();
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();

        await WriteAsync("500");
        using var looked = await client.GetAsync($"/api/v2/conversations/{conversation.Id}", Cancellation);
        await WriteAsync("501");
        await WriteAsync("500");
        var truth = await client.GetAsync("/mock/truth", Cancellation).JsonAsync();

        Assert.Equal(
            [("500", 2, false), ("501", 1, true)],
            truth
                .GetProperty("api")
                .GetProperty("written")
                .EnumerateArray()
                .Select(written =>
                    (
                        written.GetProperty("value").GetString(),
                        written.GetProperty("times").GetInt32(),
                        written.GetProperty("looked").GetBoolean()
                    )
                )
        );

        async Task WriteAsync(string caseId)
        {
            var attributes = new { attributes = new { crmCaseId = caseId } };
            using var patched = await client.PatchAsJsonAsync(PathOf(conversation), attributes, Cancellation);
        }
    }

    [Theory]
    [InlineData("""{"attributes":{}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"attributes":{"a":1}}""", HttpStatusCode.BadRequest)]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    public async Task A_patch_without_attributes_is_a_bad_request(string body, HttpStatusCode status)
    {
        await using var mock = MockHost.Start();
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PatchAsync(PathOf(conversation), content, Cancellation);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_patch_that_is_not_json_by_name_is_unsupported()
    {
        await using var mock = MockHost.Start();
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();
        using var content = new StringContent("{}", System.Text.Encoding.UTF8, "text/plain");

        using var response = await client.PatchAsync(PathOf(conversation), content, Cancellation);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_participant_who_never_took_part_is_not_found()
    {
        await using var mock = MockHost.Start();
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();

        using var response = await client.PatchAsJsonAsync(
            $"/api/v2/conversations/{conversation.Id}/participants/{Guid.Empty}/attributes",
            new { attributes = new { a = "b" } },
            Cancellation
        );

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static string PathOf(Conversation conversation) =>
        $"/api/v2/conversations/{conversation.Id}/participants/{conversation.Participants[0].Party.ParticipantId}/attributes";
}
