using System.Globalization;
using Chaos;

const string Usage = """
    Runs the whole system on this machine, kills, stops and cuts off what it is made of by a seeded plan, then proves the truth.

      --seconds N   for so long (60)
      --seed S      of the plan and of the traffic (7)
      --help        this
    """;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(Usage);
    return 0;
}

var seconds = 60;
var seed = 7;
for (var index = 0; index < args.Length; index += 2)
{
    var isNumber = int.TryParse(args.ElementAtOrDefault(index + 1), CultureInfo.InvariantCulture, out var number);
    switch (args[index])
    {
        case "--seconds" when isNumber && number is >= 5 and <= 3_600:
            seconds = number;
            break;
        case "--seed" when isNumber:
            seed = number;
            break;
        default:
            await Console.Error.WriteLineAsync($"{args[index]} is not understood.{Environment.NewLine}{Usage}");
            return 2;
    }
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};

return await ChaosRun.RunAsync(TimeSpan.FromSeconds(seconds), seed, Console.Out, stopping.Token);
