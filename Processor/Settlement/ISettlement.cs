using Processor.Processing;

namespace Processor.Settlement;

/// <summary>Carries an outcome out. Two implementations: on the queue itself, and in the answer of a Lambda invocation.</summary>
internal interface ISettlement
{
    /// <summary>Returns when the outcome is in safe hands, not when it is carried out: deletes travel together.</summary>
    Task SettleAsync(Delivery delivery, Outcome outcome, CancellationToken aborting);
}
