using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Pexen.Host.Tests.Memory;

/// <summary>
/// A Linux of its own, emulated, with nothing in it but busybox, the .NET runtime and the supervisor: for what the kernel of this machine, or its settings, does not
/// let us try. It starts in seconds.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class VirtualMachine : IDisposable
{
    private const string Emulator = "qemu-system-x86_64";

    private readonly string _folder = Directory.CreateTempSubdirectory("pexen-machine-").FullName;
    private readonly string _kernel;
    private readonly string _root;

    private VirtualMachine(string kernel)
    {
        _kernel = kernel;
        _root = Path.Combine(_folder, "root");
        foreach (string folder in (string[])["bin", "proc", "sys", "dev", "tmp"])
        {
            Directory.CreateDirectory(Path.Combine(_root, folder));
        }

        File.Copy("/bin/busybox", Path.Combine(_root, "bin/busybox"));
        CopyRuntime();
        CopyFolder(AppContext.BaseDirectory, "/host", "*.dll", "Pexen.Host.*");
    }

    /// <summary>Ends the test as inconclusive, with the reason, where there is none.</summary>
    public static VirtualMachine Find()
    {
        string? kernel = Environment.GetEnvironmentVariable("PEXEN_TEST_KERNEL") ?? (Directory.Exists("/boot") ? Directory.GetFiles("/boot", "vmlinuz-*").Order().LastOrDefault() : null);
        string? missing = RuntimeInformation.OSArchitecture != Architecture.X64 || !OperatingSystem.IsLinux() ? "Linux on x64"
            : !File.Exists($"/usr/bin/{Emulator}") ? $"{Emulator} (Debian's qemu-system-x86)"
            : !File.Exists("/usr/bin/cpio") ? "cpio"
            : !File.Exists("/bin/busybox") ? "busybox (Debian's busybox-static)"
            : kernel is null || !File.Exists(kernel) ? "a Linux kernel in /boot, or named by PEXEN_TEST_KERNEL"
            : null;
        if (missing is not null)
        {
            Assert.Inconclusive($"Skipped, for there is not: {missing}");
        }

        return new VirtualMachine(kernel!);
    }

    public void Write(string path, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(_root + path, bytes);

    /// <summary>Starts it.</summary>
    /// <param name="script">What its first process does (busybox's shell); then it is switched off.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What came out of its serial line: all that the script and the kernel wrote.</returns>
    public string Run(string script, CancellationToken cancellation)
    {
        File.WriteAllText(Path.Combine(_root, "init"), "#!/bin/busybox sh\n/bin/busybox --install -s /bin\nexport PATH=/bin\n" + script + "\npoweroff -f\n");
        File.SetUnixFileMode(Path.Combine(_root, "init"), (UnixFileMode)0b111_101_101);
        Succeed("/bin/sh", cancellation, "-c", $"cd '{_root}' && find . | cpio -o -H newc --quiet > ../image");
        return Succeed(
            Emulator, cancellation, "-m", "1024", "-nographic", "-no-reboot", "-kernel", _kernel, "-initrd", Path.Combine(_folder, "image"), "-append", "console=ttyS0 quiet panic=-1");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Succeed(string program, CancellationToken cancellation, params string[] arguments)
    {
        (int exitCode, string output) = Execute(program, cancellation, arguments);
        Assert.AreEqual(0, exitCode, output);
        return output;
    }

    private static (int ExitCode, string Output) Execute(string program, CancellationToken cancellation, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        using CancellationTokenRegistration registration = cancellation.Register(process.Kill);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>With the libraries of the system that it needs. A busybox that needs none is an error for who lists them.</summary>
    private void CopyRuntime()
    {
        string framework = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/');
        string installation = Path.GetFullPath(Path.Combine(framework, "../../.."));
        string host = Directory.GetDirectories(Path.Combine(installation, "host/fxr")).Order().Last();
        CopyFolder(framework, "/dotnet" + framework[installation.Length..], "*");
        CopyFolder(host, "/dotnet" + host[installation.Length..], "*");
        CopyFile(Path.Combine(installation, "dotnet"), "/dotnet/dotnet");

        string[] native = ["/bin/busybox", Path.Combine(installation, "dotnet"), .. Directory.GetFiles(framework, "lib*.so"), .. Directory.GetFiles(host)];
        foreach (string line in Execute("ldd", CancellationToken.None, native).Output.Split('\n'))
        {
            string? library = line.Split(' ', StringSplitOptions.TrimEntries).FirstOrDefault(static word => word.StartsWith('/') && !word.EndsWith(':'));
            if (library is not null && !File.Exists(_root + library))
            {
                CopyFile(library, library);
            }
        }
    }

    private void CopyFolder(string from, string to, params string[] patterns)
    {
        foreach (string file in patterns.SelectMany(pattern => Directory.GetFiles(from, pattern)).Distinct())
        {
            CopyFile(file, $"{to}/{Path.GetFileName(file)}");
        }
    }

    private void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + to)!);
        File.Copy(from, _root + to);
    }
}
