using Amazon.CDK.AWS.Events;
using Constructs;
using Deploy.Storing;

namespace Deploy.Bridging;

/// <summary>The rule sends to the queue itself; the message is the envelope, byte for byte.</summary>
internal static class NativeBridge
{
    public static void AddTo(Construct scope, Store store, PartnerBus bus)
    {
        QueuePolicies.AddTo(scope, store.EventsQueue, bus.RuleNames);
        bus.SendTo(
            new CfnRule.TargetProperty { Id = Names.EventsQueue, Arn = store.EventsQueue.GetAtt("Arn").ToString() }
        );
    }
}
