using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Printing;

namespace Aspire.Hosting.Starting;

internal static class Parameters
{
    /// <summary>Asks every parameter for its value, so that all that are missing are named at once, and secret ones are never printed.</summary>
    public static async Task ResolveAsync(
        DistributedApplicationModel model,
        ResourceConsole console,
        ResourceNotificationService notifications,
        CancellationToken cancellationToken
    )
    {
        var secrets = new List<string>();
        var missing = new List<string>();
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            try
            {
                var value = await parameter.GetValueAsync(cancellationToken) ?? "";
                secrets.AddRange(parameter.Secret ? [value] : []);
                notifications.Publish(
                    parameter,
                    parameter.Name,
                    snapshot => snapshot with { State = KnownResourceStates.Active }
                );
            }
            catch (MissingParameterValueException fault)
            {
                missing.Add(fault.Message);
            }
        }

        if (missing.Count > 0)
        {
            throw new MissingParameterValueException(string.Join(Environment.NewLine, missing));
        }

        console.Hide(secrets);
    }
}
