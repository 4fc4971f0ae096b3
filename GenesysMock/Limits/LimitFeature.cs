namespace GenesysMock.Limits;

internal static class LimitFeature
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.AddSettings<LimitOptions, LimitOptionsValidator>(LimitOptions.Section);
        builder.Services.AddSingleton<RateLimits>();
    }
}
