namespace GenesysMock.Faults;

internal static class FaultFeature
{
    public static void AddFaults(this WebApplicationBuilder builder)
    {
        builder.AddSettings<FaultOptions, FaultOptionsValidator>(FaultOptions.Section);
        builder.Services.AddSingleton<FaultInjector>();
        builder.Services.AddSingleton<FaultPlayer>();
    }
}
