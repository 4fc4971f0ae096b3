using GenesysMock.Faults;
using GenesysMock.Limits;
using GenesysMock.Traffic;
using Microsoft.Extensions.Options;

namespace GenesysMock.Scenarios;

/// <summary>
/// The scenarios there are: the files beside this one. Each is a piece of configuration, so whatever can be configured can
/// be part of one, and a new one needs no code.
/// </summary>
internal sealed class ScenarioCatalog
{
    public const string Default = "calm";

    private const string Extension = ".json";

    private readonly string _folder;

    public ScenarioCatalog(string folder)
    {
        _folder = folder;
        Names =
        [
            .. Directory.EnumerateFiles(folder, $"*{Extension}").Select(Path.GetFileNameWithoutExtension).Order()!,
        ];
    }

    public static ScenarioCatalog BesideTheProgram { get; } = new(Path.Combine(AppContext.BaseDirectory, "Scenarios"));

    public IReadOnlyList<string> Names { get; }

    public Scenario? Find(string name) => FileOf(name) is { } file ? Read(name, file) : null;

    /// <summary>Null when there is no such scenario; also for a name that is no plain name.</summary>
    public string? FileOf(string name) =>
        Names.Contains(name, StringComparer.Ordinal) ? Path.Combine(_folder, name + Extension) : null;

    private static Scenario Read(string name, string file)
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(file).Build();
        return new Scenario(
            name,
            configuration["Description"] ?? "",
            Bind(configuration, LimitOptions.Section, new LimitOptionsValidator()),
            Bind(configuration, FaultOptions.Section, new FaultOptionsValidator()),
            Bind(configuration, TrafficShape.Section, new TrafficShapeValidator())
        );
    }

    private static T Bind<T>(IConfiguration configuration, string section, IValidateOptions<T> validator)
        where T : class, new()
    {
        var options =
            configuration.GetSection(section).Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
        var result = validator.Validate(name: null, options);
        return result.Failed ? throw new OptionsValidationException(section, typeof(T), result.Failures) : options;
    }
}
