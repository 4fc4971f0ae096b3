using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Http.Resilience.Internal;

/// <summary>Each value for itself.</summary>
[OptionsValidator]
internal sealed partial class StandardOptionsValidator : IValidateOptions<HttpStandardResilienceOptions>;
