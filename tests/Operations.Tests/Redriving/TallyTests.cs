using Operations.DeadLetters;
using Operations.Redriving;
using Operations.Tests.DeadLetters;

namespace Operations.Tests.Redriving;

public sealed class TallyTests
{
    private static readonly DateTimeOffset Now = ALetter.SentAt.AddHours(1);

    [Fact]
    public void A_letter_that_came_back_and_was_taken_by_another_redrive_stays_one_that_failed_again()
    {
        var letter = ALetter
            .Of("m1")
            .Then(LetterState.Redriven, Now, LetterRedriver.SentAgain, "first")
            .Then(LetterState.Dead, Now, "failed again", "first")
            .Then(LetterState.Redriven, Now, LetterRedriver.SentAgain, "second") with
        {
            Redrive = "second",
        };

        var first = Tally.Of("first", [letter]);
        var second = Tally.Of("second", [letter]);

        Assert.Equal((1, 1, 0, 0), (first.Sent, first.FailedAgain, first.Undecided, first.Skipped));
        Assert.Equal((1, 0, 1, 0), (second.Sent, second.FailedAgain, second.Undecided, second.Skipped));
    }

    [Fact]
    public void A_letter_that_another_redrive_had_first_is_skipped()
    {
        var letter = ALetter.Of("m1").Then(LetterState.Redriven, Now, LetterRedriver.SentAgain, "another") with
        {
            Redrive = "another",
        };

        var tally = Tally.Of("first", [letter]);

        Assert.Equal((0, 0, 1), (tally.Sent, tally.FailedAgain, tally.Skipped));
    }
}
