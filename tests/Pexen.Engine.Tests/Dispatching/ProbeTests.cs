using System.Net;
using System.Net.Sockets;
using System.Text;
using Pexen.Execution;
using Pexen.Execution.Dispatching.Probes;
using Pexen.Execution.Local;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>How it is found out that a service is ready.</summary>
[TestClass]
public sealed class ProbeTests
{
    private const long Unlimited = 1_000_000_000;

    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("::1")]
    public void SomethingTakesConnections_ThePortIsReadyAndWasNotBefore(string address)
    {
        if (address == "::1" && !Socket.OSSupportsIPv6)
        {
            Assert.Inconclusive("there is no IPv6 here");
        }

        using var first = new TcpListener(IPAddress.Parse(address), 0);
        first.Start();
        int port = ((IPEndPoint)first.LocalEndpoint).Port;
        first.Stop();
        var probe = new PortProbe(port);
        Assert.IsFalse(probe.Ask());
        Assert.IsFalse(probe.Ask());

        using var listener = new TcpListener(IPAddress.Parse(address), port);
        listener.Start();

        Assert.IsTrue(SpinWait.SpinUntil(probe.Ask, TimeSpan.FromSeconds(20)));
        probe.Close();
    }

    [TestMethod]
    public void LinesComeInPieces_OnlyAWholeLineMatches()
    {
        using TemporaryFolder folder = new();
        string log = folder.Inside("log");
        var probe = new OutputProbe(log, Unlimited, "^ready [0-9]+$", () => null);
        Assert.IsFalse(probe.Ask());
        foreach (string text in new[] { "not ready 1\nrea", "dy 12 or so\n", "ready" })
        {
            File.AppendAllText(log, text);
            Assert.IsFalse(probe.Ask(), text);
        }

        File.AppendAllText(log, " 34\r\nmore");

        Assert.IsTrue(probe.Ask());
        probe.Close();
    }

    [TestMethod]
    [DataRow(new[] { 400, 700, 3000 }, true, DisplayName = "the line begins before the limit and ends in the ring")]
    [DataRow(new[] { 900, 950, 1200, 1700, 2100 }, true, DisplayName = "it goes over the end of the ring")]
    [DataRow(new[] { 90_000 }, true, DisplayName = "it is in the ring, and much before it is lost")]
    [DataRow(new[] { 90_000 }, false, DisplayName = "the service has ended since, and its log is in order")]
    public void LogHasReachedItsLimit_ALineAfterThatIsSeenAllTheSame(int[] questions, bool open)
    {
        const long Limit = 1000;
        using TemporaryFolder folder = new();
        string file = folder.Inside("log");
        var log = new OutputLog(file, Limit);
        var probe = new OutputProbe(file, Limit, "^ready 34$", () => log.Bytes);
        foreach (int length in questions)
        {
            while (log.Bytes < length)
            {
                log.Write(Encoding.ASCII.GetBytes($"line at {log.Bytes}\n"));
            }

            Assert.IsFalse(probe.Ask(), $"{length}");
        }

        log.Write("ready 3"u8);
        _ = open && probe.Ask();
        log.Write("4\nafter\n"u8);
        if (open)
        {
            Assert.IsTrue(probe.Ask());
            probe.Close();
            log.Close();
            return;
        }

        log.Close();
        Assert.IsTrue(probe.Ended(new AttemptEnd { Unit = 0, ExitCode = 0, OutputBytes = log.Bytes, OutputLeftOut = log.LeftOut }));
        probe.Close();
    }

    [TestMethod]
    public void PromptHasNoEnd_ItMatchesWhenNothingFollows()
    {
        using TemporaryFolder folder = new();
        string log = folder.Inside("log");
        var probe = new OutputProbe(log, Unlimited, "^ready", () => null);
        File.WriteAllText(log, "ready> ");

        Assert.IsFalse(probe.Ask());
        Assert.IsTrue(probe.Ask());
        probe.Close();
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void ExpressionThatOthersGoBackInForEver_IsAnsweredAtOnce()
    {
        using TemporaryFolder folder = new();
        string log = folder.Inside("log");
        File.WriteAllText(log, new string('a', 50_000) + "!\n");
        var probe = new OutputProbe(log, Unlimited, "^(a+)+$", () => null);

        Assert.IsFalse(probe.Ask());
        probe.Close();
    }
}
