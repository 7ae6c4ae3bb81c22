using System.Globalization;
using Pexen.Benchmarks.Measuring;

namespace Pexen.Benchmarks.Launching;

/// <summary>The floor: a loop in C around posix_spawn with one pipe each. It measures itself, without its own start.</summary>
internal sealed class SpawnLoop(string program) : Launcher
{
    public override string Name => "C posix_spawn loop";

    protected override LaunchSample Launch(int count)
    {
        string[] figures = ChildProcess.Run("/", program, $"{count}", $"{Width}", "/bin/true").Output.Split(' ');
        return new LaunchSample(double.Parse(figures[1], CultureInfo.InvariantCulture), double.Parse(figures[0], CultureInfo.InvariantCulture));
    }
}
