using System.Globalization;
using Processor.Processing;
using Processor.Receiving;
using Testing;

namespace Processor.Testing.Building;

/// <summary>Makes one received message.</summary>
internal sealed class MessageBuilder
{
    private readonly Dictionary<string, string> _attributes = [];
    private string _id = "message-1";
    private string _body = new EventBuilder().Build();
    private int _receiveCount = 1;
    private DateTimeOffset _sentAt = SimulatedWorld.Start;

    public MessageBuilder WithId(string id)
    {
        _id = id;
        return this;
    }

    public MessageBuilder Holding(string body)
    {
        _body = body;
        return this;
    }

    public MessageBuilder ReceivedFor(int times)
    {
        _receiveCount = times;
        return this;
    }

    public MessageBuilder SentAt(DateTimeOffset sentAt)
    {
        _sentAt = sentAt;
        return this;
    }

    public MessageBuilder With(string attribute, string value)
    {
        _attributes[attribute] = value;
        return this;
    }

    public ReceivedMessage Build() =>
        new(_id, string.Create(CultureInfo.InvariantCulture, $"{_id}/{_receiveCount}"), _body, _receiveCount, _sentAt)
        {
            Attributes = _attributes,
        };

    public Delivery Delivered(DateTimeOffset receivedAt, TimeSpan visibility) =>
        new(Build(), receivedAt, visibility, startedTimestamp: 0);
}
