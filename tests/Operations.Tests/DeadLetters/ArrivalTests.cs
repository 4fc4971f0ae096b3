using Operations.DeadLetters;

namespace Operations.Tests.DeadLetters;

public sealed class ArrivalTests
{
    private static readonly DateTimeOffset Now = ALetter.SentAt;

    [Fact]
    public void A_message_that_SQS_delivers_once_more_changes_nothing()
    {
        var known = ALetter.Of("m1").Then(LetterState.Redriven, Now, "sent again", "r1");

        Assert.Null(LetterArrival.Merge(known, ALetter.Of("m1"), Now));
    }

    [Theory]
    [InlineData(TakenFor.Resend, false)]
    [InlineData(TakenFor.Return, true)]
    internal void What_is_delivered_once_more_while_it_is_in_hand_is_news_only_if_it_is_being_put_back(
        TakenFor takenFor,
        bool isNews
    )
    {
        var known = ALetter.Of("m1").Then(LetterState.Redriving, Now, "taken", "somebody") with { TakenFor = takenFor };

        Assert.Equal(isNews, LetterArrival.Merge(known, ALetter.Of("m1"), Now) is not null);
    }

    [Theory]
    [InlineData(LetterState.Redriving)]
    [InlineData(LetterState.Redriven)]
    [InlineData(LetterState.Recovered)]
    internal void A_letter_that_was_sent_and_comes_back_failed_again(LetterState state)
    {
        var known = ALetter.Of("m1").Then(state, Now, "sent again", "r1") with { Redrive = "r1" };

        var merged = LetterArrival.Merge(known, ALetter.Of("m2") with { Reason = "not-json" }, Now)!;

        Assert.Equal((LetterState.Dead, 1, "not-json"), (merged.State, merged.FailedAgain, merged.Reason));
        Assert.True(merged.CameBackFrom("r1"));
    }

    [Fact]
    public void A_letter_that_was_discarded_and_comes_back_is_decided_about_anew()
    {
        var known = ALetter.Of("m1").Then(LetterState.Discarded, Now, "discarded", "somebody");

        var merged = LetterArrival.Merge(known, ALetter.Of("m2"), Now)!;

        Assert.Equal((LetterState.Dead, 0), (merged.State, merged.FailedAgain));
    }

    [Fact]
    public void What_was_put_back_into_its_queue_and_is_collected_there_is_open_again_and_no_failure_more()
    {
        var known = ALetter.Of("m1").Then(LetterState.Returned, Now, "returned to its queue", "somebody");

        var merged = LetterArrival.Merge(known, ALetter.Of("m1"), Now)!;

        Assert.Equal((LetterState.Dead, 0), (merged.State, merged.FailedAgain));
        Assert.Equal(["m1"], merged.MessageIds);
    }

    [Fact]
    public void A_letter_that_fails_all_the_time_keeps_a_bounded_history()
    {
        var letter = ALetter.Of("m0");

        for (var time = 1; time < 200; time++)
        {
            letter = LetterArrival.Merge(letter, ALetter.Of($"m{time}"), Now)!;
        }

        Assert.Equal((Letter.KeptMax, Letter.KeptMax), (letter.History.Length, letter.MessageIds.Length));
    }

    [Theory]
    [InlineData("missing-member: conversationId", "missing-member")]
    [InlineData("genesys-rejected: 404 not.found", "genesys-rejected")]
    [InlineData("conversation bc877f8f-d2b6-5e0c-b16f-9e167586ddca is gone", "conversation # is gone")]
    [InlineData("status 503", "status #")]
    [InlineData("", "none")]
    public void Reasons_that_differ_in_ids_and_numbers_are_one_group(string reason, string expected) =>
        Assert.Equal(expected, NormalisedReason.Of(reason));
}
