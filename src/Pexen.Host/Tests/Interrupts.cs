using System.Runtime.InteropServices;

namespace Pexen.Host.Tests;

/// <summary>
/// Ctrl-C for an attendant. A terminal tells the test program of it itself, and that ends as it sees fit; from then on finalizers have a limit (rule 24). One that comes
/// later means them.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Action _tell;
    private readonly PosixSignalRegistration _registration;
    private bool _came;
    private bool _hasEnded;

    /// <param name="tell">Called for one while the program runs, after it has ended, and for each later one.</param>
    public Interrupts(Action tell)
    {
        _tell = tell;
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
    }

    public bool Came
    {
        get
        {
            lock (_gate)
            {
                return _came;
            }
        }
    }

    public void ProgramHasEnded()
    {
        lock (_gate)
        {
            _hasEnded = true;
            if (_came)
            {
                _tell();
            }
        }
    }

    public void Dispose() => _registration.Dispose();

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_gate)
        {
            _came = true;
            if (_hasEnded)
            {
                _tell();
            }
        }
    }
}
