using System.Reflection;
using Microsoft.Extensions.Logging;
using Processor.Processing;

namespace Processor.Tests.Processing;

public sealed class LogEventsTests
{
    private static readonly IReadOnlyList<LoggerMessageAttribute> Messages =
    [
        .. typeof(EventLoop)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>(),
    ];

    [Fact]
    public void Every_log_event_has_an_id_of_its_own()
    {
        Assert.True(Messages.Count > 15, $"{Messages.Count} messages");
        Assert.Equal(Messages.Count, Messages.DistinctBy(message => message.EventId).Count());
    }

    [Fact]
    public void Every_id_is_from_the_range_of_this_process() =>
        Assert.All(Messages, message => Assert.InRange(message.EventId, 200, 349));

    [Fact]
    public void No_message_has_a_place_for_what_must_not_be_logged() =>
        Assert.All(
            Messages,
            message =>
                Assert.DoesNotMatch("(?i){(body|payload|ani|dnis|phone|token|secret|attributes|name)", message.Message)
        );
}
