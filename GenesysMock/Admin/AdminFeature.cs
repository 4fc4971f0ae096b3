namespace GenesysMock.Admin;

internal static class AdminFeature
{
    public static void MapAdmin(this WebApplication app)
    {
        var mock = app.MapGroup("/mock");
        mock.MapBehaviour();
        mock.MapTraffic();
        mock.MapTruth();
    }
}
