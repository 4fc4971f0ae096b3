using Events.DeadLetters;
using Events.Redelivery;

namespace Events.Tests.Redelivery;

public sealed class DeferralAttributesTests
{
    [Fact]
    public void What_was_written_is_what_is_read()
    {
        var deferral = new DeferralAttributes
        {
            NotBefore = new DateTimeOffset(2026, 3, 19, 16, 0, 0, 500, TimeSpan.Zero),
            FirstSentAt = new DateTimeOffset(2026, 3, 19, 14, 0, 0, TimeSpan.Zero),
            Deferrals = 8,
        };

        Assert.Equal(DeferralAttributeNames.All.Order(), deferral.ToAttributes().Keys.Order());
        Assert.Equal(deferral, DeferralAttributes.From(deferral.ToAttributes()));
    }

    [Fact]
    public void A_message_without_attributes_was_never_deferred()
    {
        Assert.Equal(new DeferralAttributes(), DeferralAttributes.From(new Dictionary<string, string>()));
    }

    [Fact]
    public void A_name_means_one_thing_wherever_it_stands()
    {
        Assert.Empty(DeferralAttributeNames.All.Intersect(DeadLetterAttributeNames.All));
    }
}
